package dev.stentor.audio;

import java.time.Duration;

/**
 * Conversions between samples and time at the rate of {@link PcmFormat#SPEECH}, and the length of a frame. The one place that
 * knows that a millisecond has 24 samples; {@code SoundUnitsTest} fails on the bare numbers elsewhere.
 *
 * <p>All results are rounded towards zero. Stateless.
 */
public final class SpeechTime {

    /** Samples of a second. */
    public static final int SAMPLES_PER_SECOND = PcmFormat.SPEECH.sampleRateHz();

    /** Samples of a millisecond. */
    public static final int SAMPLES_PER_MILLI = SAMPLES_PER_SECOND / 1_000;

    /** Milliseconds of a frame: what one message carries, and one tick of the clock releases. */
    public static final int FRAME_MILLIS = 20;

    /** Samples of a frame. */
    public static final int FRAME_SAMPLES = FRAME_MILLIS * SAMPLES_PER_MILLI;

    /** Bytes of a frame. */
    public static final int FRAME_BYTES = FRAME_SAMPLES * PcmFormat.SPEECH.bytesPerFrame();

    /** Bytes of a second. */
    public static final int BYTES_PER_SECOND = SAMPLES_PER_SECOND * PcmFormat.SPEECH.bytesPerFrame();

    private static final long MICROS_PER_SECOND = 1_000_000;

    private SpeechTime() {}

    /** Returns how many samples last so many milliseconds. */
    public static long samples(long millis) {
        return millis * SAMPLES_PER_MILLI;
    }

    /** Returns how many samples last so long, to the millisecond. */
    public static long samples(Duration time) {
        return samples(time.toMillis());
    }

    /** Returns how many samples last so many microseconds. */
    public static long samplesOfMicros(long micros) {
        return micros * SAMPLES_PER_SECOND / MICROS_PER_SECOND;
    }

    /** Returns how many whole milliseconds so many samples last. */
    public static long millis(long samples) {
        return samples / SAMPLES_PER_MILLI;
    }

    /** Returns how many whole microseconds so many samples last. */
    public static long micros(long samples) {
        return samples * MICROS_PER_SECOND / SAMPLES_PER_SECOND;
    }
}
