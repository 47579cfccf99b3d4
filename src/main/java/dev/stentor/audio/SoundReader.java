package dev.stentor.audio;

import java.nio.ByteBuffer;

/**
 * Reads a sound from its bytes, however they were split: mono samples at the rate of {@link PcmFormat#SPEECH}, nominally -1 to 1, all
 * of them finite. Holds no more than what it was given last and a fixed amount. Confined to one stream.
 */
public interface SoundReader {

    /**
     * The samples that are complete now, the caller's to keep.
     *
     * @param bytes the next ones; not moved
     * @throws UnreadableSound if the bytes are no sound of this kind; nothing more can be read then
     */
    float[] read(ByteBuffer bytes);

    /**
     * The end of the bytes: what is still held.
     *
     * @throws UnreadableSound if the sound had not even begun
     */
    float[] finish();

    /** What was wrong with the sound, and was mended. */
    Faults faults();

    /**
     * What was wrong with a sound, and was mended.
     *
     * @param silenced samples that were no numbers, or infinite: now zero
     * @param clamped samples beyond {@link #LOUDEST}: now there
     * @param truncated whether it ended before the end that it had told of
     */
    record Faults(long silenced, long clamped, boolean truncated) {
        /** 12 dB over full scale: nothing that is louder is meant. */
        public static final float LOUDEST = 4;
        /** None. */
        public static final Faults NONE = new Faults(0, 0, false);
    }
}
