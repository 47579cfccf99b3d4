package dev.stentor.mix;

/** Measures frames; written by one thread, read by any. Allocates only for who reads. */
final class LevelMeter {

    /** Peak and root mean square, as the bits of two floats, so that they are read together. */
    private volatile long latest;

    void measured(float peak, double squares, int count) {
        float rms = (float) Math.sqrt(squares / count);
        latest = ((long) Float.floatToRawIntBits(peak) << 32) | (Float.floatToRawIntBits(rms) & 0xFFFF_FFFFL);
    }

    Levels levels() {
        long both = latest;
        return new Levels(
                Decibels.of(Float.intBitsToFloat((int) (both >>> 32))), Decibels.of(Float.intBitsToFloat((int) both)));
    }
}
