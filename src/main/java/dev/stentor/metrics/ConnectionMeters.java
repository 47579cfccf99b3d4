package dev.stentor.metrics;

import dev.stentor.web.connection.ConnectionLimits;
import dev.stentor.web.connection.ConnectionStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The meters of connections: how many there are, and how many were closed by a limit. Thread-safe. */
public final class ConnectionMeters implements ConnectionStats {

    private final MeterRegistry registry;
    private final Map<Refusal, Counter> refused = new EnumMap<>(Refusal.class);
    private final Map<Deadline, Counter> timedOut = new EnumMap<>(Deadline.class);
    private final Counter malformed;
    private final Counter notAccepted;

    /** Creates the meters in that registry. */
    public ConnectionMeters(MeterRegistry registry) {
        this.registry = registry;
        malformed = Meters.CONNECTIONS_MALFORMED.counter(registry);
        notAccepted = Meters.CONNECTIONS_NOT_ACCEPTED.counter(registry);
        for (Refusal cause : Refusal.values()) {
            refused.put(cause, Meters.CONNECTIONS_REFUSED.counter(registry, name(cause)));
        }
        for (Deadline deadline : Deadline.values()) {
            timedOut.put(deadline, Meters.CONNECTIONS_TIMED_OUT.counter(registry, name(deadline)));
        }
    }

    /** Shows how many connections are open. */
    public void watch(ConnectionLimits limits) {
        Meters.CONNECTIONS.gauge(registry, limits::open);
    }

    @Override
    public void refused(Refusal cause) {
        Objects.requireNonNull(refused.get(cause)).increment();
    }

    @Override
    public void timedOut(Deadline deadline) {
        Objects.requireNonNull(timedOut.get(deadline)).increment();
    }

    @Override
    public void malformed() {
        malformed.increment();
    }

    @Override
    public void notAccepted() {
        notAccepted.increment();
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
