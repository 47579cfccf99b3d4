package dev.stentor.audio;

/** The Kaiser window, which lets the filters of this room end smoothly. */
final class Kaiser {

    private final double beta;
    private final double height;

    /** @param beta trades the width of a filter's slope for the attenuation of its stop band: 8 to 13 for 80 to 130 dB */
    Kaiser(double beta) {
        this.beta = beta;
        this.height = bessel(beta);
    }

    /** Creates the window for filters with that attenuation in the stop band, 50 dB or more. */
    static Kaiser stopping(double decibels) {
        return new Kaiser(0.1102 * (decibels - 8.7));
    }

    /** Returns the value at {@code x}: 1 in the middle, at 0; 0 at -1 and 1, and outside of them. */
    double at(double x) {
        return Math.abs(x) >= 1 ? 0 : bessel(beta * Math.sqrt(1 - x * x)) / height;
    }

    /** Computes the modified Bessel function of the first kind and order zero, by its series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > sum * 1e-17; k++) {
            term *= (x / (2 * k)) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
