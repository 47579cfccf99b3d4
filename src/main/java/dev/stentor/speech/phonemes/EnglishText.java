package dev.stentor.speech.phonemes;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** English text in words: numbers, times, amounts, addresses and signs are written as they are said. Immutable. */
final class EnglishText {

    private static final List<Rewrite> ACCENTS = List.of(Rewrite.of("(?<=\\p{IsLatin})\\p{Mn}+", ""));

    private static final List<Rewrite> BLANKS = List.of(Rewrite.of("\\s+", " "));

    /** A word in capitals; three of them, in a text without small letters, are no abbreviations. */
    private static final Pattern CAPITALS = Pattern.compile("\\p{Lu}{2,}");

    private static final int SHOUTED_WORDS = 3;

    /** Signs that other signs stand for. */
    private static final List<Rewrite> SIGNS = List.of(
            Rewrite.of("[\\p{Cc}\\p{Cs}\\p{Co}\\p{Cn}]", " "),
            Rewrite.of("[‘’ʼ]", "'"),
            Rewrite.of("\\s*[—–]\\s*(?=\\p{L})|(?<=\\p{L})\\s+-{1,2}\\s+", " — "),
            Rewrite.of("\\.{3,}", "…"),
            Rewrite.of("(?<=\\w)\\s*&\\s*(?=\\w)", " and "),
            Rewrite.of("ß", "ss"),
            Rewrite.of("æ", "ae"),
            Rewrite.of("ø", "o"));

    /** Letters and digits that touch are said apart, and nothing is left that MaryTTS would read in its own way. */
    private static final List<Rewrite> REST = List.of(
            Rewrite.of("(?<=\\p{L})-?(?=\\p{Nd})|(?<=\\p{Nd})-?(?=\\p{L})", " "),
            Rewrite.of("(?<![\\w.])[-−](?=\\p{Nd})", "minus "),
            Rewrite.of(
                    "\\b\\p{Nd}+(?:\\.\\p{Nd}+){2,}",
                    found -> found.group()
                            .chars()
                            .mapToObj(digit ->
                                    digit == '.' ? " point " : EnglishNumbers.digits(Character.toString(digit)) + " ")
                            .reduce("", String::concat)),
            Rewrite.of("\\p{Nd}*\\.\\p{Nd}+", found -> EnglishNumbers.decimal(found.group())),
            Rewrite.of("\\b(?:1[1-9]|20)\\p{Nd}{2}\\b", found -> EnglishNumbers.year(found.group())),
            Rewrite.of(
                    "\\p{Nd}+",
                    found -> found.group().startsWith("0") && found.group().length() > 1
                            ? EnglishNumbers.digits(found.group())
                            : EnglishNumbers.cardinal(found.group())),
            Rewrite.of("#(?=\\w)", " number "),
            Rewrite.of("@", " at "),
            Rewrite.of("\\+", " plus "),
            Rewrite.of("=", " equals "),
            Rewrite.of("×", " times "),
            Rewrite.of("%", " percent "),
            Rewrite.of("[_*~^<>|\\\\/•·`$£€¥]", " "));

    private final List<List<Rewrite>> steps;

    EnglishText(Accent accent) {
        this.steps = List.of(
                SIGNS,
                EnglishAddresses.RULES,
                EnglishDates.rules(accent),
                EnglishAmounts.RULES,
                EnglishAbbreviations.RULES,
                REST);
    }

    /** Returns the text in words and punctuation, without digits. */
    TracedText inWords(String text) {
        TracedText written = TracedText.of(text)
                .mapped(given -> Normalizer.normalize(given, Normalizer.Form.NFKD))
                .mapped(Digits::plain)
                .rewritten(ACCENTS)
                .mapped(given -> Normalizer.normalize(given, Normalizer.Form.NFC));
        if (isShouted(written.text())) {
            written = written.mapped(given -> given.toLowerCase(Locale.ROOT));
        }
        for (List<Rewrite> rules : steps) {
            written = written.rewritten(rules);
        }
        return written.rewritten(BLANKS).stripped();
    }

    private static boolean isShouted(String text) {
        return text.chars().noneMatch(Character::isLowerCase)
                && CAPITALS.matcher(text).results().count() >= SHOUTED_WORDS;
    }
}
