package dev.stentor.metrics;

import dev.stentor.tracing.TraceStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The meters of traces: what became of the steps that ended. Thread-safe. */
public final class TraceMeters implements TraceStats {

    private final Counter sent;
    private final Counter failed;
    private final Counter dropped;

    /** Registers them. */
    public TraceMeters(MeterRegistry registry) {
        sent = Meters.TRACE_STEPS.counter(registry, "sent");
        failed = Meters.TRACE_STEPS.counter(registry, "failed");
        dropped = Meters.TRACE_STEPS.counter(registry, "dropped");
    }

    @Override
    public void sent(int steps) {
        sent.increment(steps);
    }

    @Override
    public void failed(int steps) {
        failed.increment(steps);
    }

    @Override
    public void dropped() {
        dropped.increment();
    }
}
