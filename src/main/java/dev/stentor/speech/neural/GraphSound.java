package dev.stentor.speech.neural;

import java.util.List;

/** What the graph makes of one text. Whoever asked for it owns it. */
final class GraphSound {

    private final float[] samples;
    private final List<Integer> durations;

    GraphSound(float[] samples, List<Integer> durations) {
        this.samples = samples;
        this.durations = List.copyOf(durations);
    }

    /** Returns samples at 24 kHz; some may be past 1. It is the array itself. */
    float[] samples() {
        return samples;
    }

    /**
     * Returns the length of each symbol in samples, those of the silence before and behind the text included, so there are two more than
     * symbols in the text. Together they are as long as the sound. Empty if the graph does not tell them.
     */
    List<Integer> durations() {
        return durations;
    }
}
