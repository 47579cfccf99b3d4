package dev.stentor.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.function.LongSupplier;

/** Meters of the processes that encode answers in AAC. Thread-safe, if what they read is. */
public final class AacMeters {

    private AacMeters() {}

    /**
     * Registers the meters.
     *
     * @param processes number of processes now
     * @param refused number of answers so far that were refused because all processes were in use
     * @param failed number of answers so far whose process failed
     */
    public static void register(
            MeterRegistry registry, LongSupplier processes, LongSupplier refused, LongSupplier failed) {
        Meters.AAC_PROCESSES.gauge(registry, processes::getAsLong);
        Meters.AAC_REFUSED.total(registry, Tags.empty(), refused);
        Meters.AAC_FAILED.total(registry, Tags.empty(), failed);
    }
}
