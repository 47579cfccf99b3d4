package dev.stentor.metrics;

import dev.stentor.web.listen.ListenStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The meters of clients that send too much, or read too little. Thread-safe. */
public final class ListenMeters implements ListenStats {

    private final Counter slowedDown;
    private final Counter overflowed;

    /** Creates the counters in a registry. */
    public ListenMeters(MeterRegistry registry) {
        slowedDown = Meters.LISTENERS_SLOWED_DOWN.counter(registry);
        overflowed = Meters.LISTENERS_OVERFLOWED.counter(registry);
    }

    @Override
    public void slowedDown() {
        slowedDown.increment();
    }

    @Override
    public void overflowed() {
        overflowed.increment();
    }
}
