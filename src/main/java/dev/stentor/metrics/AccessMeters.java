package dev.stentor.metrics;

import dev.stentor.access.AccessStats;
import dev.stentor.access.Decision;
import dev.stentor.access.Tickets;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The meters of access: what was refused, by its way and its reason, and how many tickets are open. Thread-safe. */
public final class AccessMeters implements AccessStats {

    private final MeterRegistry registry;
    private final Map<Way, Map<Decision.Reason, Counter>> refused = new EnumMap<>(Way.class);

    /** Creates the meters in that registry. */
    public AccessMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Way way : Way.values()) {
            var counters = new EnumMap<Decision.Reason, Counter>(Decision.Reason.class);
            for (Decision.Reason reason : Decision.Reason.values()) {
                counters.put(reason, Meters.ACCESS_REFUSED.counter(registry, name(reason), name(way)));
            }
            refused.put(way, counters);
        }
    }

    /** Shows how many tickets are open. */
    public void watch(Tickets tickets) {
        Meters.TICKETS.gauge(registry, tickets::open);
    }

    @Override
    public void refused(Way way, Decision.Reason reason) {
        Objects.requireNonNull(Objects.requireNonNull(refused.get(way)).get(reason))
                .increment();
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
