package dev.stentor.mix;

/**
 * Functions for gains, computed by power series, so that the results have the same bits on every machine, unlike those of
 * {@link Math}, and need no allocation, unlike those of {@link StrictMath}.
 */
final class PowerSeries {

    private static final int TERMS = 20;

    private PowerSeries() {}

    /** Computes {@code e} to the power of {@code x}, for {@code x} of -1 to 1. */
    static double exp(double x) {
        double sum = 1;
        double term = 1;
        for (int n = 1; n <= TERMS; n++) {
            term *= x / n;
            sum += term;
        }
        return sum;
    }

    /** Computes the sine of {@code x}, for {@code x} of 0 to a right angle. */
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
