package dev.stentor.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.LongSupplier;

/** The meters of what the process takes beside the JVM's own: memory outside the heap, and bytes on their way. Thread-safe. */
public final class ProcessMeters {

    private final MeterRegistry registry;

    /** Creates no meter yet. */
    public ProcessMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows the direct memory that buffers take, in bytes, and the most that they may. */
    public void watchDirectMemory(LongSupplier used, long most) {
        Meters.MEMORY_DIRECT.gauge(registry, used::getAsLong);
        Meters.MEMORY_DIRECT_MAX.gauge(registry, () -> most);
    }

    /** Shows what waits in connections for clients to take it. */
    public void watchOutbound(LongSupplier pendingBytes, LongSupplier blocked) {
        Meters.CONNECTIONS_PENDING.gauge(registry, pendingBytes::getAsLong);
        Meters.CONNECTIONS_BLOCKED.gauge(registry, blocked::getAsLong);
    }
}
