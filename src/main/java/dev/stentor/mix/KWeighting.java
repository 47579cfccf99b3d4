package dev.stentor.mix;

import dev.stentor.audio.SpeechTime;

/**
 * The K-weighting filter of BS.1770 at 24 kHz: a shelf that lifts frequencies above some 1.7 kHz, and a high pass. Computes both
 * in one pass, with the state in local variables: each output waits for one product and one difference only. Allocates nothing
 * after construction. Confined to one thread.
 */
final class KWeighting {

    private static final Biquad SHELF =
            Biquad.shelf(SpeechTime.SAMPLES_PER_SECOND, 1681.974450955533, 3.999843853973347, 0.7071752369554196);
    private static final Biquad HIGH_PASS =
            Biquad.highPass(SpeechTime.SAMPLES_PER_SECOND, 38.13547087602444, 0.5003270373238773);

    /** Smallest state that is kept: it is below any sound, and smaller numbers would become denormal, and slow. */
    private static final double NOTHING = 1e-30;

    /** The latest two samples of the input, of the shelf's output and of the high pass's output; the latest first. */
    private double in1;

    private double in2;
    private double middle1;
    private double middle2;
    private double out1;
    private double out2;

    /** Filters the next samples, and returns the sum of the squares of the result. */
    double energy(float[] samples, int from, int count) {
        double x1 = in1;
        double x2 = in2;
        double y1 = middle1;
        double y2 = middle2;
        double z1 = out1;
        double z2 = out2;
        double energy = 0;
        for (int i = from; i < from + count; i++) {
            double x = samples[i];
            double y = ((SHELF.b0() * x + SHELF.b1() * x1) + (SHELF.b2() * x2 - SHELF.a2() * y2)) - SHELF.a1() * y1;
            double z = ((y - 2 * y1) + (y2 - HIGH_PASS.a2() * z2)) - HIGH_PASS.a1() * z1; // b is 1, -2, 1
            energy += z * z;
            x2 = x1;
            x1 = x;
            y2 = y1;
            y1 = y;
            z2 = z1;
            z1 = z;
        }
        in1 = x1;
        in2 = x2;
        middle1 = settled(y1);
        middle2 = settled(y2);
        out1 = settled(z1);
        out2 = settled(z2);
        return energy;
    }

    /** Forgets the signal: silence comes before the next sample. */
    void reset() {
        in1 = 0;
        in2 = 0;
        middle1 = 0;
        middle2 = 0;
        out1 = 0;
        out2 = 0;
    }

    private static double settled(double state) {
        return Math.abs(state) < NOTHING ? 0 : state;
    }
}
