package dev.stentor.mix;

/** Computes the largest absolute value of samples. */
final class Peak {

    private static final int SIZE = 0x7FFF_FFFF;

    private Peak() {}

    /**
     * Returns the largest absolute value. Compares the bits of the floats, which are in the order of their sizes: integers are
     * compared faster. Works in four parts that do not wait for each other.
     *
     * @param samples their number is a multiple of four
     */
    static float of(float[] samples) {
        int p0 = 0;
        int p1 = 0;
        int p2 = 0;
        int p3 = 0;
        for (int i = 0; i < samples.length; i += 4) {
            p0 = Math.max(p0, Float.floatToRawIntBits(samples[i]) & SIZE);
            p1 = Math.max(p1, Float.floatToRawIntBits(samples[i + 1]) & SIZE);
            p2 = Math.max(p2, Float.floatToRawIntBits(samples[i + 2]) & SIZE);
            p3 = Math.max(p3, Float.floatToRawIntBits(samples[i + 3]) & SIZE);
        }
        return Float.intBitsToFloat(Math.max(Math.max(p0, p1), Math.max(p2, p3)));
    }
}
