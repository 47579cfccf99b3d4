package dev.stentor.metrics;

import dev.stentor.broadcast.BroadcastStats;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.GapCause;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;

/** Meters of listeners and of the sound that they lose. Thread-safe. */
public final class BroadcastMeters implements BroadcastStats {

    private final MeterRegistry registry;
    private final Map<GapCause, Counter> gaps = new EnumMap<>(GapCause.class);
    private final Map<GapCause, Counter> skipped = new EnumMap<>(GapCause.class);

    /** Creates the counters in a registry. */
    public BroadcastMeters(MeterRegistry registry) {
        this.registry = registry;
        for (GapCause cause : GapCause.values()) {
            gaps.put(cause, Meters.LISTENER_GAPS.counter(registry, cause.wireName()));
            skipped.put(cause, Meters.LISTENER_SKIPPED.counter(registry, cause.wireName()));
        }
    }

    /** Registers a gauge of the number of connections that listen. */
    public void watch(Broadcasts broadcasts) {
        Meters.LISTENERS.gauge(registry, broadcasts::connections);
    }

    @Override
    public void lost(GapCause cause, int newGaps, long millis) {
        count(gaps, cause, newGaps);
        count(skipped, cause, millis);
    }

    private static void count(Map<GapCause, Counter> counters, GapCause cause, long by) {
        Counter counter = counters.get(cause);
        if (counter != null) {
            counter.increment((double) by);
        }
    }
}
