package dev.stentor.speech.neural;

import dev.stentor.audio.SpeechTime;
import dev.stentor.speech.sentences.StartDelay;
import dev.stentor.text.Segment;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * The delay after which a text is heard without a hole: while a segment is heard the next one is made, as slowly as all texts are that are
 * spoken just then. Most texts need none, since their segments rise in size slowly enough.
 *
 * @param pace gives how many seconds a second of sound takes now
 * @param speed how many times faster than usual the text is spoken
 */
record SteadyStart(DoubleSupplier pace, double speed) implements StartDelay {

    /** The longest delay: on a machine that is slower than speech no delay would do. */
    private static final Duration MOST = Duration.ofSeconds(3);

    /** Length of the sound of a unit of text, at the speed 1, with pauses: what English needs, and a fifth more. */
    private static final double SECONDS_PER_UNIT = 0.2;

    @Override
    public Duration of(int samples, List<Segment> later) {
        double paceNow = pace.getAsDouble();
        double heard = SpeechTime.micros(samples) / 1e6;
        double made = 0;
        double delay = 0;
        for (Segment segment : later) {
            double sound = SECONDS_PER_UNIT * segment.units() / speed;
            made += paceNow * sound;
            delay = Math.max(delay, made - heard);
            heard += sound;
        }
        Duration needed = Duration.ofMillis(Math.round(delay * 1_000));
        return needed.compareTo(MOST) < 0 ? needed : MOST;
    }
}
