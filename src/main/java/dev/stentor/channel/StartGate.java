package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;

/**
 * A gate that decides when sound may begin, so that it need not break off: at once, or as soon as the buffered sound lasts until the
 * rest has come, at the rate and with the gaps that were seen. Learns from each utterance of the channel. Confined to the clock's
 * thread.
 */
final class StartGate {

    private static final long ENOUGH_TO_JUDGE_MICROS = 300_000;
    private static final double MARGIN = 1.15;
    private static final double WEIGHT_OF_THE_LATEST = 0.5;
    private static final double SAMPLES_PER_MICRO = SpeechTime.SAMPLES_PER_SECOND / 1e6;

    /** Samples that are always waited for; zero means that the gate opens with the first one. */
    private long leastSamples;
    /** Samples that are waited for at most; the engine is asked for more below three quarters of the bound, so they will come. */
    private long mostSamples;

    private double usualRate = Double.POSITIVE_INFINITY;
    private long usualGapMicros;

    /** Creates a gate that knows nothing of the engine yet. */
    StartGate(ChannelSettings settings) {
        waitFor(settings);
    }

    /** Changes how much sound is waited for; what the gate has learnt stays. */
    void waitFor(ChannelSettings settings) {
        mostSamples = SpeechTime.samples(settings.prefetch()) * 3 / 4;
        leastSamples = Math.min(settings.preset().startSamples(), mostSamples);
    }

    /**
     * Tells whether the buffered sound is enough to begin.
     *
     * @param arrivals how the utterance has arrived so far
     * @param wholeSamples how long the utterance will be, as far as that can be guessed
     */
    boolean isOpen(ArrivalRate arrivals, long bufferedSamples, double wholeSamples) {
        if (leastSamples == 0) {
            return bufferedSamples > 0;
        }
        double rate = arrivals.observedMicros() < ENOUGH_TO_JUDGE_MICROS ? usualRate : arrivals.rate();
        double missing = rate >= 1 ? 0 : wholeSamples * (1 - rate) * MARGIN;
        double gap = MARGIN * Math.max(usualGapMicros, arrivals.longestGapMicros()) * SAMPLES_PER_MICRO;
        double needed = Math.clamp(missing + gap, (double) leastSamples, (double) mostSamples);
        return bufferedSamples >= needed;
    }

    /** Learns from an utterance that has arrived whole. */
    void learn(ArrivalRate arrivals) {
        if (arrivals.observedMicros() >= ENOUGH_TO_JUDGE_MICROS) {
            double rate = arrivals.rate();
            usualRate = Double.isInfinite(usualRate) ? rate : usualRate + WEIGHT_OF_THE_LATEST * (rate - usualRate);
            usualGapMicros = Math.max(arrivals.longestGapMicros(), usualGapMicros / 2);
        }
    }
}
