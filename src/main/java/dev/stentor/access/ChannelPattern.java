package dev.stentor.access;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A pattern of channel names, in which {@code *} stands for any number of characters. Immutable.
 *
 * @param glob the pattern as it was written
 * @param expression the same as a regular expression
 */
record ChannelPattern(String glob, Pattern expression) {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._*-]{1,64}");

    /** Reads a pattern; throws {@link IllegalArgumentException} if it can match no channel. */
    static ChannelPattern of(String glob) {
        if (!ALLOWED.matcher(glob).matches()) {
            throw new IllegalArgumentException(
                    "a pattern of channels has 1 to 64 letters, digits, dots, dashes, underscores and asterisks");
        }
        String expression =
                Arrays.stream(glob.split("\\*+", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return new ChannelPattern(glob, Pattern.compile(expression, Pattern.DOTALL));
    }

    boolean matches(String channel) {
        return expression.matcher(channel).matches();
    }

    /** Tells whether every channel matches. */
    boolean matchesAll() {
        return glob.chars().allMatch(c -> c == '*');
    }
}
