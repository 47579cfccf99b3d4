package dev.stentor.mix;

/** What a signal reaches between its samples, looked at in quarters, by a windowed sinc of 12 samples. */
final class InterSample {

    /** Samples of signal for one look: six before the place, six after it. */
    static final int TAPS = 12;

    private static final float[][] QUARTERS = {quarter(0.25), quarter(0.5), quarter(0.75)};

    /** No signal reaches more between its samples than so many times its largest sample, as seen here. */
    static final float MOST = most();

    private InterSample() {}

    /**
     * The largest size between the two samples in the middle of the latest {@link #TAPS}.
     *
     * @param latest place of the newest in the ring
     */
    static float peak(float[] ring, int mask, long latest) {
        float peak = 0;
        for (float[] quarter : QUARTERS) {
            float sum = 0;
            for (int i = 0; i < TAPS; i++) {
                sum += quarter[i] * ring[(int) (latest - TAPS + 1 + i) & mask];
            }
            peak = Math.max(peak, Math.abs(sum));
        }
        return peak;
    }

    private static float[] quarter(double place) {
        float[] taps = new float[TAPS];
        double sum = 0;
        double[] exact = new double[TAPS];
        for (int i = 0; i < TAPS; i++) {
            double t = i - (TAPS / 2 - 1) - place;
            double window = Math.cos(Math.PI * t / (TAPS + 1));
            exact[i] = Math.sin(Math.PI * t) / (Math.PI * t) * window * window;
            sum += exact[i];
        }
        for (int i = 0; i < TAPS; i++) {
            taps[i] = (float) (exact[i] / sum);
        }
        return taps;
    }

    private static float most() {
        float most = 1;
        for (float[] quarter : QUARTERS) {
            float sum = 0;
            for (float tap : quarter) {
                sum += Math.abs(tap);
            }
            most = Math.max(most, sum);
        }
        return most;
    }
}
