package dev.stentor.mix;

/** Gains as decibels and as factors. */
final class Decibels {

    /** Less is silence. */
    static final double FLOOR = -120;

    /** Of the factor in one decibel: the binary logarithm of 10, by 20. */
    private static final double DOUBLINGS = StrictMath.log(10) / StrictMath.log(2) / 20;

    private static final double LN_2 = StrictMath.log(2);

    private Decibels() {}

    static double toFactor(double decibels) {
        if (decibels == 0) {
            return 1;
        }
        double exponent = decibels * DOUBLINGS;
        double whole = Math.rint(exponent);
        return Math.scalb(PowerSeries.exp((exponent - whole) * LN_2), (int) whole);
    }

    static double of(double factor) {
        return factor <= 1e-6 ? FLOOR : 20 * StrictMath.log10(factor);
    }
}
