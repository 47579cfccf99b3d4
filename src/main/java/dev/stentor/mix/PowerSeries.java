package dev.stentor.mix;

/**
 * Functions for gains, by their power series: unlike those of {@link Math} the same bits on every machine, and unlike those of {@link
 * StrictMath} without an allocation.
 */
final class PowerSeries {

    private static final int TERMS = 20;

    private PowerSeries() {}

    /** {@code e} to the power of {@code x}; for small {@code x}, -1 to 1. */
    static double exp(double x) {
        double sum = 1;
        double term = 1;
        for (int n = 1; n <= TERMS; n++) {
            term *= x / n;
            sum += term;
        }
        return sum;
    }

    /** The sine of {@code x}; for 0 to a right angle. */
    static double sin(double x) {
        double sum = x;
        double term = x;
        for (int n = 2; n <= TERMS; n += 2) {
            term *= -x * x / (n * (n + 1));
            sum += term;
        }
        return sum;
    }
}
