package dev.stentor.mix;

/**
 * The coefficients of a filter of second order: {@code y = b0·x + b1·x1 + b2·x2 - a1·y1 - a2·y2}, where {@code x1} and {@code x2}
 * are the input one and two samples ago, and {@code y1} and {@code y2} the output.
 */
record Biquad(double b0, double b1, double b2, double a1, double a2) {

    /** Computes the first filter of BS.1770 for any rate: lifts frequencies above {@code hertz} by so many dB. */
    static Biquad shelf(double rateHz, double hertz, double gainDb, double q) {
        double k = StrictMath.tan(Math.PI * hertz / rateHz);
        double high = StrictMath.pow(10, gainDb / 20);
        double band = StrictMath.pow(high, 0.4996667741545416);
        double a0 = 1 + k / q + k * k;
        return new Biquad(
                (high + band * k / q + k * k) / a0,
                2 * (k * k - high) / a0,
                (high - band * k / q + k * k) / a0,
                2 * (k * k - 1) / a0,
                (1 - k / q + k * k) / a0);
    }

    /** Computes the second filter of BS.1770 for any rate: lets frequencies above {@code hertz} pass. */
    static Biquad highPass(double rateHz, double hertz, double q) {
        double k = StrictMath.tan(Math.PI * hertz / rateHz);
        double a0 = 1 + k / q + k * k;
        return new Biquad(1, -2, 1, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0);
    }
}
