package dev.stentor.speech.reading;

import dev.stentor.speech.BilledCharacters;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.text.SegmentLimits;
import java.util.Objects;
import java.util.function.ToLongFunction;

/**
 * How much text an engine takes in one request.
 *
 * @param measure the size of a text, as the engine counts
 * @param most the largest size that it takes
 * @param segments for texts that are larger: no segment is over {@code most}
 */
public record TextLimit(ToLongFunction<String> measure, long most, SegmentLimits segments) {

    /** For an engine that takes any text. */
    public static final TextLimit NONE = new TextLimit(String::length, Long.MAX_VALUE, SegmentLimits.SENTENCES);

    /** What Qwen3-TTS takes: 600 characters. Whether it counts Han characters twice there too is not known; to be safe, they do. */
    public static final TextLimit QWEN3 = characters(600);

    /** What the first generation takes: 512 tokens, of which only an estimate can be had here. */
    public static final TextLimit QWEN = tokens(512);

    /** Units of {@link SegmentLimits} that a character has which is not CJK: the least per character. */
    private static final double LEAST_UNITS = 0.4;

    private static final int TOKENS_OF_A_RARE_CHARACTER = 3;

    public TextLimit {
        Objects.requireNonNull(measure, "measure");
        if (most < 4) {
            throw new IllegalArgumentException("most must be at least 4, was " + most);
        }
    }

    /** So many characters, of which a Han character counts as two. */
    public static TextLimit characters(int most) {
        return new TextLimit(BilledCharacters::of, most, segments(most));
    }

    /** So many tokens, by a careful estimate: 2.5 Latin letters or blanks, one other sign, a third of a rare one. */
    public static TextLimit tokens(int most) {
        return new TextLimit(TextLimit::estimatedTokens, most, segments(most));
    }

    /** The limit of the model that a request names. */
    public static TextLimit ofQwen(SpeechRequest request) {
        String model = request.model();
        return model != null && model.startsWith("qwen-tts") ? QWEN : QWEN3;
    }

    /** Whether it can be spoken in one request. */
    public boolean fits(String text) {
        return measure.applyAsLong(text) <= most;
    }

    /** A character, or token, has at least 0.4 units: so many units are never more characters than allowed. */
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
