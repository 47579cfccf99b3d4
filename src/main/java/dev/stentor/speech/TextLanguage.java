package dev.stentor.speech;

import java.lang.Character.UnicodeScript;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Tells the language of a text from its letters, as far as they give it away. */
public final class TextLanguage {

    /** Where a tenth of the letters of East Asia are Kana, it is Japanese: Chinese borrows one or two at most. */
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
     * A value of {@code language_type} for the script in which most of the letters are that are not Latin. One such letter is
     * enough, since who reads only Latin cannot read it. Empty if there is none; the script's own name if it is not one of those
     * that stand for a language here.
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
