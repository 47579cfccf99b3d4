package dev.stentor.mix;

/**
 * The supplier of a source's samples: 24 kHz mono, nominally -1 to 1. {@link #read} is called on the clock's thread, once for
 * each frame of 20 ms in which the source sounds; it must not block, and allocates nothing.
 */
public interface Input {

    /** The kind of samples in a frame. */
    enum Given {
        /** Samples that are whole multiples of 1/32768: 16-bit sound that nothing has altered. */
        EXACT,
        /** Any samples. */
        SOUND,
        /** Zeros, because no sound is there now. */
        SILENCE,
        /** The last samples, or zeros: no sound follows. */
        END
    }

    /** Fills the whole frame of {@link dev.stentor.audio.SpeechTime#FRAME_SAMPLES} samples. */
    Given read(float[] frame);

    /** Leaves out so many samples, as if they had been read, before the first frame is read. One that has no beginning does nothing. */
    default void skip(long samples) {}

    /** Ends the input: it is not read any more. On the clock's thread. */
    default void close() {}

    /** Returns the counters now. From any thread. */
    default Counters counters() {
        return Counters.NONE;
    }

    /**
     * The counters of an input.
     *
     * @param shortages how often it ran dry while it was to play
     * @param skippedSamples number of samples that were dropped because too many waited
     * @param bufferedSamples number of samples that wait now
     * @param buffering whether it gathers samples before it sounds
     */
    record Counters(long shortages, long skippedSamples, int bufferedSamples, boolean buffering) {

        /** The counters of an input that cannot run dry. */
        public static final Counters NONE = new Counters(0, 0, 0, false);
    }
}
