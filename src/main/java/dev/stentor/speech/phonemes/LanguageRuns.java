package dev.stentor.speech.phonemes;

import dev.stentor.speech.Language;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A divider of text that mixes Chinese characters and Latin words. Numbers and signs stay with the run before them, those at the beginning
 * with the run behind. Latin letters that Chinese speakers spell, such as {@code T} in {@code T恤}, or {@code GDP}, stay in the Chinese run.
 */
public final class LanguageRuns {

    /** A stretch of Han characters with the number right before it, or a Latin word. */
    private static final Pattern STRETCH = Pattern.compile(
            "(?<chinese>(?:\\p{Nd}[\\p{Nd}.,:/%-]*)?[\\p{IsHan}\\p{IsBopomofo}〇]+)"
                    + "|(?<latin>[\\p{IsLatin}\\p{M}\\p{Nd}'’&@./+-]*\\p{IsLatin}[\\p{IsLatin}\\p{M}\\p{Nd}'’&@/+%-]*)");

    /** Letters that are spelled one by one: up to five capitals, with digits before or behind them. */
    private static final Pattern SPELLED = Pattern.compile("\\p{Nd}*[A-Z]{1,5}\\p{Nd}*|\\p{Nd}+[a-zA-Z]");

    private LanguageRuns() {}

    /**
     * Cuts a text into runs. Together they hold every character, in order. A text without letters is one run; an empty text has none.
     *
     * @param asked the language of what could be either: a text without letters, and letters to be spelled beside no word. Null: Chinese
     *     where the text has Chinese characters, else English
     */
    public static List<LanguageRun> of(String text, @Nullable Language asked) {
        List<Stretch> stretches = stretches(text);
        boolean hasChinese = text.codePoints().anyMatch(LanguageRuns::isChinese);
        Language ambiguous = asked == null ? (hasChinese ? Language.CHINESE : Language.ENGLISH) : asked;
        var runs = new ArrayList<LanguageRun>();
        int from = 0;
        for (int n = 0; n < stretches.size(); n++) {
            Language language = language(stretches, n, ambiguous);
            int to = n + 1 < stretches.size() ? stretches.get(n + 1).from() : text.length();
            add(runs, language, text.substring(from, to));
            from = to;
        }
        if (stretches.isEmpty() && !text.isEmpty()) {
            add(runs, ambiguous, text);
        }
        return List.copyOf(runs);
    }

    /** A stretch of one script; its language is null if it consists of letters to be spelled. */
    private record Stretch(int from, @Nullable Language language) {}

    private static List<Stretch> stretches(String text) {
        var found = new ArrayList<Stretch>();
        Matcher matcher = STRETCH.matcher(text);
        while (matcher.find()) {
            boolean spelled = SPELLED.matcher(matcher.group()).matches();
            boolean chinese = matcher.group("chinese") != null;
            found.add(new Stretch(matcher.start(), chinese ? Language.CHINESE : spelled ? null : Language.ENGLISH));
        }
        return found;
    }

    /** Gives letters to be spelled to the words beside them if these are all Latin, and else to Chinese. */
    private static Language language(List<Stretch> stretches, int n, Language ambiguous) {
        Language own = stretches.get(n).language();
        if (own != null) {
            return own;
        }
        Language before = neighbour(stretches, n, -1);
        Language after = neighbour(stretches, n, 1);
        if (before == null && after == null) {
            return ambiguous;
        }
        return before == Language.ENGLISH || after == Language.ENGLISH ? Language.ENGLISH : Language.CHINESE;
    }

    private static @Nullable Language neighbour(List<Stretch> stretches, int n, int step) {
        int next = n + step;
        while (next >= 0 && next < stretches.size() && stretches.get(next).language() == null) {
            next += step;
        }
        return next < 0 || next >= stretches.size() ? null : stretches.get(next).language();
    }

    private static void add(List<LanguageRun> runs, Language language, String text) {
        if (!runs.isEmpty() && runs.getLast().language() == language) {
            runs.set(runs.size() - 1, new LanguageRun(language, runs.getLast().text() + text));
        } else {
            runs.add(new LanguageRun(language, text));
        }
    }

    private static boolean isChinese(int codePoint) {
        UnicodeScript script = UnicodeScript.of(codePoint);
        return script == UnicodeScript.HAN || script == UnicodeScript.BOPOMOFO;
    }
}
