package dev.stentor.mix;

/** A filter of second order. Confined to one thread. */
final class Biquad {

    private final double b0;
    private final double b1;
    private final double b2;
    private final double a1;
    private final double a2;
    private double z1;
    private double z2;

    private Biquad(double b0, double b1, double b2, double a0, double a1, double a2) {
        this.b0 = b0 / a0;
        this.b1 = b1 / a0;
        this.b2 = b2 / a0;
        this.a1 = a1 / a0;
        this.a2 = a2 / a0;
    }

    /** The first filter of BS.1770 at 24 kHz. */
    static Biquad loudnessShelf() {
        return shelf(24_000, 1681.974450955533, 3.999843853973347, 0.7071752369554196);
    }

    /** The second filter of BS.1770 at 24 kHz. */
    static Biquad loudnessHighPass() {
        return highPass(24_000, 38.13547087602444, 0.5003270373238773);
    }

    /** The first filter of BS.1770 for any rate: lifts what is above {@code hertz} by so many dB. */
    private static Biquad shelf(double rateHz, double hertz, double gainDb, double q) {
        double k = Math.tan(Math.PI * hertz / rateHz);
        double high = Math.pow(10, gainDb / 20);
        double band = Math.pow(high, 0.4996667741545416);
        return new Biquad(
                high + band * k / q + k * k,
                2 * (k * k - high),
                high - band * k / q + k * k,
                1 + k / q + k * k,
                2 * (k * k - 1),
                1 - k / q + k * k);
    }

    /** The second filter of BS.1770 for any rate. */
    private static Biquad highPass(double rateHz, double hertz, double q) {
        double k = Math.tan(Math.PI * hertz / rateHz);
        double a0 = 1 + k / q + k * k;
        return new Biquad(a0, -2 * a0, a0, a0, 2 * (k * k - 1), 1 - k / q + k * k);
    }

    double next(double in) {
        double out = b0 * in + z1;
        z1 = b1 * in - a1 * out + z2;
        z2 = b2 * in - a2 * out;
        return out;
    }

    void reset() {
        z1 = 0;
        z2 = 0;
    }
}
