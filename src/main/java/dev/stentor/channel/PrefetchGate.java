package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import java.time.Duration;

/** A gate for prefetching: shut when the bound is reached, open again at three quarters of it. Confined to the clock's thread. */
final class PrefetchGate {

    private long shutAtSamples;
    private boolean open = true;

    PrefetchGate(Duration bound) {
        boundBy(bound);
    }

    /** Changes the bound from now on. */
    void boundBy(Duration bound) {
        shutAtSamples = SpeechTime.samples(bound);
    }

    /** Tells whether more may be fetched. */
    boolean isOpen(long bufferedSamples) {
        if (bufferedSamples >= shutAtSamples) {
            open = false;
        } else if (bufferedSamples <= shutAtSamples * 3 / 4) {
            open = true;
        }
        return open;
    }
}
