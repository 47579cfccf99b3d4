package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import java.time.Duration;

/** Says whether more audio may be fetched: shut at the bound, open again at three quarters. Confined to the clock's thread. */
final class PrefetchGate {

    private long shutAtSamples;
    private boolean open = true;

    PrefetchGate(Duration bound) {
        shutAtSamples = SpeechTime.samples(bound);
    }

    /** Changes the bound from now on. */
    void boundBy(Duration bound) {
        shutAtSamples = SpeechTime.samples(bound);
    }

    boolean isOpen(long bufferedSamples) {
        if (bufferedSamples >= shutAtSamples) {
            open = false;
        } else if (bufferedSamples <= shutAtSamples * 3 / 4) {
            open = true;
        }
        return open;
    }
}
