package dev.stentor.audio;

/**
 * The quality of a resampler, and its price. The slope of the filter ends at the lower Nyquist frequency: behind it, sound would
 * be folded back.
 */
public enum ResamplerPreset {
    /** Distortion at -120 dB, flat to 0.913 of the lower Nyquist frequency. 4 to 6 ms of delay, 12 from 8 kHz. */
    HQ(125, 0.913),
    /** Distortion at -100 dB, flat to 0.9. A quarter less delay and work: for machines with very many sources. */
    LIGHT(100, 0.9);

    private final double stoppedDecibels;
    private final double pass;

    ResamplerPreset(double stoppedDecibels, double pass) {
        this.stoppedDecibels = stoppedDecibels;
        this.pass = pass;
    }

    /** Returns the attenuation of the stop band, in dB. */
    double stoppedDecibels() {
        return stoppedDecibels;
    }

    /** Returns where the slope begins, as a part of the lower Nyquist frequency. */
    double pass() {
        return pass;
    }

    /** Returns where the slope ends, in the same unit. */
    double stop() {
        return 1;
    }
}
