package dev.stentor.source;

import java.util.regex.Pattern;

/** The name of a sound; never a path. */
public record SoundName(String value) {

    /** The rule of names, a sentence for people. */
    public static final String RULE =
            "A name is 1 to 64 letters, digits, dots, dashes and underscores, and begins with a letter or digit.";

    private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public SoundName {
        if (!isValid(value)) {
            throw new IllegalArgumentException(RULE);
        }
    }

    /** Tells whether the value is a name. */
    public static boolean isValid(String value) {
        return VALID.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
