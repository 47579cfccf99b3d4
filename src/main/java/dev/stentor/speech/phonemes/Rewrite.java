package dev.stentor.speech.phonemes;

import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rule that writes what it finds in a text in another way. */
record Rewrite(Pattern pattern, Function<MatchResult, String> words) {

    static Rewrite of(String pattern, Function<MatchResult, String> words) {
        return new Rewrite(Pattern.compile(pattern), words);
    }

    /** Returns a rule that puts the same text, literally, in place of all that it finds. */
    static Rewrite of(String pattern, String text) {
        return of(pattern, _ -> text);
    }

    /** Applies rules one after the other. */
    static String all(List<Rewrite> rules, String text) {
        String written = text;
        for (Rewrite rule : rules) {
            written = rule.pattern()
                    .matcher(written)
                    .replaceAll(found -> Matcher.quoteReplacement(rule.words().apply(found)));
        }
        return written;
    }
}
