package dev.stentor.channel;

import java.time.Duration;

/** Says whether more audio may be fetched: shut at the bound, open again at three quarters. Confined to the clock's thread. */
final class PrefetchGate {

    private final long shutAtSamples;
    private boolean open = true;

    PrefetchGate(Duration bound) {
        shutAtSamples = bound.toMillis() * 24;
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
