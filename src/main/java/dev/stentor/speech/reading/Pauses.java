package dev.stentor.speech.reading;

import dev.stentor.audio.SpeechTime;
import dev.stentor.text.Border;
import java.time.Duration;

/**
 * The least silence between two segments that are spoken one by one; silence that the engine gives counts.
 *
 * @param clause silence where a sentence goes on after a punctuation mark
 * @param sentence silence between two sentences
 * @param paragraph silence between two lines
 */
public record Pauses(Duration clause, Duration sentence, Duration paragraph) {

    /** No pauses but those of the engine. */
    public static final Pauses NONE = new Pauses(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /** Pauses about as people make them: 120, 250 and 450 ms. */
    public static final Pauses NATURAL =
            new Pauses(Duration.ofMillis(120), Duration.ofMillis(250), Duration.ofMillis(450));

    public Pauses {
        if (clause.isNegative() || sentence.isNegative() || paragraph.isNegative()) {
            throw new IllegalArgumentException(
                    "pauses must not be negative, were " + clause + ", " + sentence + ", " + paragraph);
        }
    }

    /** Returns the pauses of speech at a speed. */
    Pauses atSpeed(double speed) {
        return speed == 1 || !any()
                ? this
                : new Pauses(divided(clause, speed), divided(sentence, speed), divided(paragraph, speed));
    }

    private static Duration divided(Duration pause, double speed) {
        return Duration.ofMillis(Math.round(pause.toMillis() / speed));
    }

    /** Returns the pause at a border, in samples. */
    long at(Border border) {
        return switch (border) {
            case NONE -> 0;
            case CLAUSE -> SpeechTime.samples(clause.toMillis());
            case SENTENCE -> SpeechTime.samples(sentence.toMillis());
            case PARAGRAPH -> SpeechTime.samples(paragraph.toMillis());
        };
    }

    /** Tells whether there are any. */
    boolean any() {
        return !equals(NONE);
    }
}
