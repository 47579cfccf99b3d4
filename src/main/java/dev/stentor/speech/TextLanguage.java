package dev.stentor.speech;

import java.lang.Character.UnicodeScript;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A guess of the language of a text by its letters. */
public final class TextLanguage {

    /** Share of Kana, one in so many East Asian letters, from which on a text is Japanese: Chinese borrows one or two at most. */
    private static final int KANA_SHARE = 10;

    private static final Map<UnicodeScript, String> NAMES = new EnumMap<>(Map.ofEntries(
            Map.entry(UnicodeScript.HAN, "Chinese"),
            Map.entry(UnicodeScript.BOPOMOFO, "Chinese"),
            Map.entry(UnicodeScript.HIRAGANA, "Japanese"),
            Map.entry(UnicodeScript.KATAKANA, "Japanese"),
            Map.entry(UnicodeScript.HANGUL, "Korean"),
            Map.entry(UnicodeScript.CYRILLIC, "Russian"),
            Map.entry(UnicodeScript.GREEK, "Greek"),
            Map.entry(UnicodeScript.ARABIC, "Arabic"),
            Map.entry(UnicodeScript.HEBREW, "Hebrew"),
            Map.entry(UnicodeScript.DEVANAGARI, "Hindi"),
            Map.entry(UnicodeScript.THAI, "Thai")));

    private TextLanguage() {}

    /**
     * Returns a value of {@code language_type} for the script of most letters that are not Latin. One such letter is enough, since an
     * engine that reads only Latin cannot read it. Empty if there is none; the script's own name if no language is known for it here.
     */
    public static Optional<String> foreign(String text) {
        Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
        text.codePoints()
                .filter(Character::isLetter)
                .mapToObj(UnicodeScript::of)
                .filter(script -> script != UnicodeScript.LATIN
                        && script != UnicodeScript.COMMON
                        && script != UnicodeScript.INHERITED)
                .forEach(script -> letters.merge(script, 1, Integer::sum));
        int kana = letters.getOrDefault(UnicodeScript.HIRAGANA, 0) + letters.getOrDefault(UnicodeScript.KATAKANA, 0);
        int han = letters.getOrDefault(UnicodeScript.HAN, 0);
        if (kana > 0 && kana * KANA_SHARE >= kana + han) {
            letters.put(UnicodeScript.HIRAGANA, kana + han);
        }
        return letters.entrySet().stream()
                .max(Comparator.comparingInt(Map.Entry::getValue))
                .map(Map.Entry::getKey)
                .map(script -> NAMES.getOrDefault(script, name(script)));
    }

    private static String name(UnicodeScript script) {
        String name = script.name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }
}
