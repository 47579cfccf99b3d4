package dev.stentor.speech.reading;

import dev.stentor.audio.SpeechTime;
import dev.stentor.text.Border;
import java.time.Duration;

/**
 * How long it is silent at least between two segments that are spoken one by one; what the engine gives of it counts.
 *
 * @param clause where a sentence goes on after a mark
 * @param sentence between two sentences
 * @param paragraph between two lines
 */
public record Pauses(Duration clause, Duration sentence, Duration paragraph) {

    /** As the engine has them. */
    public static final Pauses NONE = new Pauses(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** About what people make: 120, 250 and 450 ms. */
    public static final Pauses NATURAL =
            new Pauses(Duration.ofMillis(120), Duration.ofMillis(250), Duration.ofMillis(450));

    public Pauses {
        if (clause.isNegative() || sentence.isNegative() || paragraph.isNegative()) {
            throw new IllegalArgumentException(
                    "pauses must not be negative, were " + clause + ", " + sentence + ", " + paragraph);
        }
    }

    /** In samples. */
    long at(Border border) {
        return switch (border) {
            case NONE -> 0;
            case CLAUSE -> SpeechTime.samples(clause.toMillis());
            case SENTENCE -> SpeechTime.samples(sentence.toMillis());
            case PARAGRAPH -> SpeechTime.samples(paragraph.toMillis());
        };
    }

    /** Whether there are any. */
    boolean any() {
        return !equals(NONE);
    }
}
