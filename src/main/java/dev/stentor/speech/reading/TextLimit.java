package dev.stentor.speech.reading;

import dev.stentor.speech.BilledCharacters;
import dev.stentor.text.SegmentLimits;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * The most text that an engine takes in one request.
 *
 * @param measure returns the size of a text, as the engine counts
 * @param most largest size that it takes
 * @param segments limits for cutting larger texts: no segment is over {@code most}
 */
public record TextLimit(ToLongFunction<String> measure, long most, SegmentLimits segments) {

    /** Limit of an engine that takes any text. */
    public static final TextLimit NONE = new TextLimit(String::length, Long.MAX_VALUE, SegmentLimits.SENTENCES);

    /** Units of {@link SegmentLimits} that a character has if it is not CJK: the least per character. */
    private static final double LEAST_UNITS = 0.4;

    private static final int TOKENS_OF_A_RARE_CHARACTER = 3;

    public TextLimit {
        Objects.requireNonNull(measure, "measure");
        if (most < 4) {
            throw new IllegalArgumentException("most must be at least 4, was " + most);
        }
    }

    /** Limits a request to so many characters; a Han character counts as two. */
    public static TextLimit characters(int most) {
        return new TextLimit(BilledCharacters::of, most, segments(most));
    }

    /**
     * Limits a request to so many tokens. The count is an estimate that is rather too high: a token is 2.5 Latin letters or blanks, or one
     * other character, and a character outside the basic plane is three tokens. So no segment is refused for being too long. (The estimate
     * of {@code speech.qwen.TokenEstimate} is rather too low on purpose: nothing is refused there that the service might take.)
     */
    public static TextLimit tokens(int most) {
        return new TextLimit(TextLimit::estimatedTokens, most, segments(most));
    }

    /** Tells whether a text can be spoken in one request. */
    public boolean fits(String text) {
        return measure.applyAsLong(text) <= most;
    }

    /** Returns limits within which no segment is too long: a character, or a token, has at least 0.4 units. */
    private static SegmentLimits segments(int most) {
        return SegmentLimits.growing(most * LEAST_UNITS, most);
    }

    private static long estimatedTokens(String text) {
        double tokens = text.codePoints()
                .mapToDouble(sign -> {
                    if (Character.isSupplementaryCodePoint(sign)) {
                        return TOKENS_OF_A_RARE_CHARACTER;
                    }
                    return sign < 0x80 && (Character.isLetter(sign) || sign == ' ') ? LEAST_UNITS : 1;
                })
                .sum();
        return (long) Math.ceil(tokens);
    }
}
