package dev.stentor.audio;

import java.nio.ByteBuffer;

/**
 * A reader of a sound from its bytes, however they were split: mono samples at the rate of {@link PcmFormat#SPEECH}, nominally -1
 * to 1, all of them finite. Holds no more than the latest bytes and a fixed amount. Confined to one stream.
 */
public interface SoundReader {

    /**
     * Takes the next bytes, and returns the samples that are complete now. The array belongs to the caller.
     *
     * @param bytes the position is not moved
     * @throws UnreadableSound if the bytes are no sound of this kind; nothing more can be read then
     */
    float[] read(ByteBuffer bytes);

    /**
     * Ends the sound, and returns the samples that are still held.
     *
     * @throws UnreadableSound if the sound had not even begun
     */
    float[] finish();

    /** Returns the faults found so far. */
    Faults faults();

    /**
     * The faults of a sound that were repaired.
     *
     * @param silenced number of samples that were no numbers, or infinite, and became zero
     * @param clamped number of samples beyond {@link #LOUDEST}, which were reduced to it
     * @param truncated whether the sound ended before the end that its header told
     */
    record Faults(long silenced, long clamped, boolean truncated) {
        /** Largest size of a sample, 12 dB over full scale: louder samples are errors. */
        public static final float LOUDEST = 4;
        /** No faults. */
        public static final Faults NONE = new Faults(0, 0, false);
    }
}
