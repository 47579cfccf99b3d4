package dev.stentor.mix;

/** Gains as decibels and as factors. */
final class Decibels {

    /** Less is silence. */
    static final double FLOOR = -120;

    private Decibels() {}

    static double toFactor(double decibels) {
        return decibels == 0 ? 1 : Math.pow(10, decibels / 20);
    }

    static double of(double factor) {
        return factor <= 1e-6 ? FLOOR : 20 * Math.log10(factor);
    }
}
