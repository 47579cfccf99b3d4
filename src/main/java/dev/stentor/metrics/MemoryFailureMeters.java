package dev.stentor.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The meter of direct memory that was not to be had. Thread-safe. */
public final class MemoryFailureMeters {

    private final Counter direct;

    /** Creates the meter in that registry. */
    public MemoryFailureMeters(MeterRegistry registry) {
        direct = Meters.DIRECT_MEMORY_FAILURES.counter(registry);
    }

    /** Counts an error of direct memory. */
    public void direct() {
        direct.increment();
    }
}
