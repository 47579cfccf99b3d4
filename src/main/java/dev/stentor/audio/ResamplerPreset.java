package dev.stentor.audio;

/** How good a resampler is, and what that costs. The slope lies within the band: a wider one would fold back what must go. */
public enum ResamplerPreset {
    /** 120 dB, flat to 0.913 of the lower Nyquist frequency. 4 to 6 ms of delay, 12 from 8 kHz. */
    HQ(125, 0.913),
    /** 100 dB, flat to 0.9. A quarter less delay and work: for machines with very many sources. */
    LIGHT(100, 0.9);

    private final double stoppedDecibels;
    private final double pass;

    ResamplerPreset(double stoppedDecibels, double pass) {
        this.stoppedDecibels = stoppedDecibels;
        this.pass = pass;
    }

    /** How far down everything is that the lower rate cannot carry. */
    double stoppedDecibels() {
        return stoppedDecibels;
    }

    /** Where the slope begins, as a part of the lower Nyquist frequency. */
    double pass() {
        return pass;
    }

    /** Where it ends. */
    double stop() {
        return 1;
    }
}
