package dev.stentor.channel;

import java.util.regex.Pattern;

/**
 * The name of a channel, as it stands in addresses.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 . _ -}, the first a letter or digit
 */
public record ChannelName(String value) {

    /** The rule for names, as a sentence for people. */
    public static final String RULE =
            "A channel's name is 1 to 64 letters, digits, dots, dashes and underscores, and begins with a letter or digit.";

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public ChannelName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not a channel name: " + value.length() + " characters");
        }
    }

    /** Tells whether this is a valid name. */
    public static boolean isValid(String value) {
        return ALLOWED.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
