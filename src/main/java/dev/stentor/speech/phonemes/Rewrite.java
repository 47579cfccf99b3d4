package dev.stentor.speech.phonemes;

import java.util.function.Function;
import java.util.regex.MatchResult;
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
}
