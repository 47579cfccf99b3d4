package dev.stentor.speech.neural;

import dev.stentor.audio.SpeechTime;
import java.time.Duration;
import java.util.Locale;

/**
 * What the warm-up measured.
 *
 * @param cpu processor time for a second of sound, in seconds
 * @param wall time that passes for a second of sound when nobody else speaks, in seconds
 * @param firstSound time until a short clause is made
 */
public record NaturalFigures(double cpu, double wall, Duration firstSound) {

    /** Most of real time that one text may take, for the voice to be used. */
    private static final double SLOWEST = 0.9;

    /**
     * Share of the cores that may be busy with speech. Each text is then made in about half the time in which it is heard, so that a segment
     * twice as long as all before it is there in time; see {@link NeuralEngine}.
     */
    private static final double SHARE = 0.55;

    private static final double MARGIN = 1.25;

    /** Measures a sentence of so many samples. */
    static NaturalFigures of(long cpuNanos, long wallNanos, int samples, long firstNanos) {
        double nanosOfSound = SpeechTime.micros(samples) * 1_000.0;
        return new NaturalFigures(cpuNanos / nanosOfSound, wallNanos / nanosOfSound, Duration.ofNanos(firstNanos));
    }

    /** Returns the better of two measurements, value by value. */
    NaturalFigures better(NaturalFigures other) {
        return new NaturalFigures(
                Math.min(cpu, other.cpu),
                Math.min(wall, other.wall),
                firstSound.compareTo(other.firstSound) < 0 ? firstSound : other.firstSound);
    }

    /** Tells whether speech would come too late. */
    boolean isTooSlow() {
        return wall > SLOWEST;
    }

    /** Returns how many texts can be spoken at once; at least one. */
    int streams(int cores) {
        return cpu <= 0 ? cores : Math.max(1, (int) (SHARE * cores / cpu));
    }

    /** Returns how many seconds a second of sound takes while so many texts are spoken at once, and a quarter more. */
    double pace(int streams, int cores) {
        return MARGIN * Math.max(wall, cpu * streams / cores);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%.2f s of processor time and %.2f s for a second of sound, %d ms to the first sound",
                cpu,
                wall,
                firstSound.toMillis());
    }
}
