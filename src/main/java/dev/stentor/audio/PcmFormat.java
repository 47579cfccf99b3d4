package dev.stentor.audio;

/**
 * The format of linear PCM audio: signed, little-endian, interleaved.
 *
 * @param sampleRateHz samples per second and channel
 * @param channels number of interleaved channels
 * @param bitsPerSample 8, 16, 24 or 32
 */
public record PcmFormat(int sampleRateHz, int channels, int bitsPerSample) {

    /** The format that every engine delivers and every channel carries: 24 kHz, mono, 16 bit. */
    public static final PcmFormat SPEECH = new PcmFormat(24_000, 1, 16);

    public PcmFormat {
        if (sampleRateHz <= 0) {
            throw new IllegalArgumentException("sampleRateHz must be positive, was " + sampleRateHz);
        }
        if (channels <= 0) {
            throw new IllegalArgumentException("channels must be positive, was " + channels);
        }
        if (bitsPerSample <= 0 || bitsPerSample > 32 || bitsPerSample % 8 != 0) {
            throw new IllegalArgumentException("bitsPerSample must be 8, 16, 24 or 32, was " + bitsPerSample);
        }
    }

    /** Returns the bytes of one sample of every channel. */
    public int bytesPerFrame() {
        return channels * bitsPerSample / 8;
    }

    /** Returns the bytes of one second. */
    int bytesPerSecond() {
        return sampleRateHz * bytesPerFrame();
    }
}
