package dev.stentor.codec;

/**
 * The settings of an encoder.
 *
 * @param bitsPerSecond average bit rate, 6,000 to 128,000; single packets may be larger or smaller
 * @param complexity effort of the encoder, 0 to 10; more than 5 costs more, and speech gains nothing
 * @param bandwidth the highest frequencies that are kept
 */
public record OpusSettings(int bitsPerSecond, int complexity, Bandwidth bandwidth) {

    /** Default for speech: 32 kbit/s, a twelfth of the samples, with all frequencies that 24 kHz can hold. */
    public static final OpusSettings SPEECH = new OpusSettings(32_000, 5, Bandwidth.SUPERWIDE);

    /** The highest frequency that is kept, by the names of RFC 6716. */
    public enum Bandwidth {
        /** 4 kHz, as on a telephone. */
        NARROW,
        /** 6 kHz. */
        MEDIUM,
        /** 8 kHz. */
        WIDE,
        /** 12 kHz: all that speech at 24 kHz has. */
        SUPERWIDE
    }

    public OpusSettings {
        if (bitsPerSecond < 6_000 || bitsPerSecond > 128_000) {
            throw new IllegalArgumentException("bitsPerSecond must be 6000 to 128000, was " + bitsPerSecond);
        }
        if (complexity < 0 || complexity > 10) {
            throw new IllegalArgumentException("complexity must be 0 to 10, was " + complexity);
        }
    }

    /** Returns the same settings with another bit rate. */
    public OpusSettings at(int newBitsPerSecond) {
        return new OpusSettings(newBitsPerSecond, complexity, bandwidth);
    }
}
