package dev.stentor.channel;

import dev.stentor.speech.reading.Pauses;
import dev.stentor.speech.reading.SoundBound;
import java.time.Duration;

/**
 * The rules for texts that are still being written.
 *
 * @param idle time without a piece after which an unfinished sentence is spoken as far as it came, unless there is something else to
 *     hear; for an unfinished word, three times as long
 * @param patience time without a piece after which a text is ended
 * @param ahead number of segments that are fetched while one is heard; zero means none
 * @param maxCharacters most {@code char}s of one text
 * @param pauses between its segments
 * @param bound most sound for what was written so far
 */
public record OpenTextSettings(
        Duration idle, Duration patience, int ahead, int maxCharacters, Pauses pauses, SoundBound bound) {

    /** The standard rules: 400 ms, 30 s, two segments, 250,000 characters, natural pauses. */
    static final OpenTextSettings STANDARD = new OpenTextSettings(
            Duration.ofMillis(400), Duration.ofSeconds(30), 2, 250_000, Pauses.NATURAL, SoundBound.STANDARD);

    public OpenTextSettings {
        if (!idle.isPositive()) {
            throw new IllegalArgumentException("text-idle must be positive, was " + idle);
        }
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("text-patience must be positive, was " + patience);
        }
        if (ahead < 0 || ahead > 16) {
            throw new IllegalArgumentException("text-ahead must be 0 to 16, was " + ahead);
        }
        if (maxCharacters <= 0) {
            throw new IllegalArgumentException("maxCharacters must be positive, was " + maxCharacters);
        }
    }
}
