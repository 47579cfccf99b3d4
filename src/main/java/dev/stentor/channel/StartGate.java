package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;

/**
 * Decides when sound may begin, so that it need not break off: at once, or as soon as what is there lasts until the rest has come,
 * at the rate and with the pauses that were seen. Learns from each utterance of the channel. Confined to the clock's thread.
 */
final class StartGate {

    private static final long ENOUGH_TO_JUDGE_MICROS = 300_000;
    private static final double MARGIN = 1.15;
    private static final double WEIGHT_OF_THE_LATEST = 0.5;

    /** Samples that are always waited for; zero means that the gate opens with the first one. */
    private long leastSamples;
    /** Samples that are waited for at most; prefetching goes on below them, so they will come. */
    private long mostSamples;
    private double usualRate = Double.POSITIVE_INFINITY;
    private long usualGapMicros;

    /** Creates a gate that knows nothing of the engine yet. */
    StartGate(ChannelSettings settings) {
        waitFor(settings);
    }

    /** Waits by other bounds from now on; what it has learnt stays. */
    void waitFor(ChannelSettings settings) {
        mostSamples = SpeechTime.samples(settings.prefetch()) * 3 / 4;
        leastSamples = Math.min(settings.preset().startSamples(), mostSamples);
    }

    /**
     * Whether what is there will do.
     *
     * @param wholeSamples how long the utterance will be, as far as one can guess
     */
    boolean isOpen(ArrivalRate arrivals, long bufferedSamples, double wholeSamples) {
        if (leastSamples == 0) {
            return bufferedSamples > 0;
        }
        double rate = arrivals.observedMicros() < ENOUGH_TO_JUDGE_MICROS ? usualRate : arrivals.rate();
        double missing = rate >= 1 ? 0 : wholeSamples * (1 - rate) * MARGIN;
        double gap = MARGIN * Math.max(usualGapMicros, arrivals.longestGapMicros()) * 0.024;
        double needed = Math.clamp(missing + gap, (double) leastSamples, (double) mostSamples);
        return bufferedSamples >= needed;
    }

    /** An utterance has come in. */
    void learn(ArrivalRate arrivals) {
        if (arrivals.observedMicros() >= ENOUGH_TO_JUDGE_MICROS) {
            double rate = arrivals.rate();
            usualRate = Double.isInfinite(usualRate) ? rate : usualRate + WEIGHT_OF_THE_LATEST * (rate - usualRate);
            usualGapMicros = Math.max(arrivals.longestGapMicros(), usualGapMicros / 2);
        }
    }
}
