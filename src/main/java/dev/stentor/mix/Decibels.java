package dev.stentor.mix;

/** Conversions between decibels and factors. */
final class Decibels {

    /** Smallest value that {@link #of} returns; anything less is silence. */
    static final double FLOOR = -120;

    /** Binary logarithm of the factor of one decibel: that of 10, divided by 20. */
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
