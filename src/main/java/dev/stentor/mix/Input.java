package dev.stentor.mix;

/**
 * Where a source's samples come from: 24 kHz mono, nominally -1 to 1. {@link #read} is called on the clock's thread, once for each
 * frame of 20 ms in which the source sounds; it must not block, and allocates nothing.
 */
public interface Input {

    /** What a frame held. */
    enum Given {
        /** Samples, each a whole number of 32768ths: 16-bit sound that nothing has altered. */
        EXACT,
        /** Samples. */
        SOUND,
        /** Zeros, since there is nothing just now. */
        SILENCE,
        /** Zeros, or the last samples: nothing will follow. */
        END
    }

    /** Fills the whole frame of {@link Mixer#FRAME_SAMPLES}. */
    Given read(float[] frame);

    /** The source is taken out: nothing is read any more. */
    default void close() {}

    /** What it has counted. From any thread. */
    default Counters counters() {
        return Counters.NONE;
    }

    /**
     * What befell an input.
     *
     * @param shortages how often it ran dry while it was to play
     * @param skippedSamples thrown away since too many waited
     * @param bufferedSamples that wait now
     * @param buffering whether it gathers samples before it sounds
     */
    record Counters(long shortages, long skippedSamples, int bufferedSamples, boolean buffering) {

        /** Of one that cannot run dry. */
        public static final Counters NONE = new Counters(0, 0, 0, false);
    }
}
