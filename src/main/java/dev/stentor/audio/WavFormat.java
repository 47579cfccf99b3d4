package dev.stentor.audio;

import java.nio.ByteBuffer;

/**
 * The format of the samples of a WAV file.
 *
 * @param sampleRateHz one of {@link Resampler#RATES_HZ}
 * @param channels 1 or 2
 */
record WavFormat(int sampleRateHz, int channels, SampleCoding coding) {

    /** Number of bytes of the chunk that are read: up to where the extended form tells the real coding. */
    static final int MOST_BYTES = 26;

    private static final int LEAST_BYTES = 16;
    private static final int LINEAR_PCM = 1;
    private static final int FLOATING_POINT = 3;
    private static final int EXTENDED = 0xFFFE;
    private static final int EXTENDED_CODING_AT = 24;

    /**
     * Reads the start of the format chunk, little-endian, or all of it if it is shorter.
     *
     * @throws UnreadableSound if such samples cannot be read
     */
    static WavFormat of(ByteBuffer chunk) {
        if (chunk.remaining() < LEAST_BYTES) {
            throw new UnreadableSound("BrokenWav", "The WAV file's format chunk is too short.");
        }
        int tag = Short.toUnsignedInt(chunk.getShort(0));
        if (tag == EXTENDED && chunk.remaining() >= MOST_BYTES) {
            tag = Short.toUnsignedInt(chunk.getShort(EXTENDED_CODING_AT));
        }
        int bits = Short.toUnsignedInt(chunk.getShort(14));
        int channels = Short.toUnsignedInt(chunk.getShort(2));
        int rateHz = chunk.getInt(4);
        if (channels < 1 || channels > 2) {
            throw new UnreadableSound(
                    "UnsupportedChannels", "The sound must have 1 or 2 channels; this one says " + channels + ".");
        }
        if (!Resampler.RATES_HZ.contains(rateHz)) {
            throw new UnreadableSound(
                    "UnsupportedRate",
                    "The sample rate must be one of " + Resampler.RATES_HZ + " Hz; this sound says "
                            + Integer.toUnsignedString(rateHz) + ".");
        }
        return new WavFormat(rateHz, channels, coding(tag, bits));
    }

    /** Returns the bytes of one sample of every channel. */
    int bytesPerFrame() {
        return channels * coding.bytes();
    }

    private static SampleCoding coding(int tag, int bits) {
        SampleCoding coding = switch (tag) {
            case LINEAR_PCM ->
                switch (bits) {
                    case 8 -> SampleCoding.UNSIGNED_8;
                    case 16 -> SampleCoding.SIGNED_16;
                    case 24 -> SampleCoding.SIGNED_24;
                    case 32 -> SampleCoding.SIGNED_32;
                    default -> null;
                };
            case FLOATING_POINT ->
                switch (bits) {
                    case 32 -> SampleCoding.FLOAT_32;
                    case 64 -> SampleCoding.FLOAT_64;
                    default -> null;
                };
            default -> null;
        };
        if (coding == null) {
            throw new UnreadableSound(
                    "UnsupportedCoding",
                    "WAV is taken as PCM of 8, 16, 24 or 32 bits or as floating point of 32 or 64; this sound says coding "
                            + tag + " of " + bits + " bits.");
        }
        return coding;
    }
}
