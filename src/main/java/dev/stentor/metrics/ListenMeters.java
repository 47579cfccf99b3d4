package dev.stentor.metrics;

import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.web.listen.ListenStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The meters of clients that send too much, or read too little. Thread-safe. */
public final class ListenMeters implements ListenStats {

    private final Counter slowedDown;
    private final Counter overflowed;
    private final Counter refused;
    private final Map<CloseReason, Counter> closed = new EnumMap<>(CloseReason.class);

    /** Creates the counters in a registry. */
    public ListenMeters(MeterRegistry registry) {
        slowedDown = Meters.LISTENERS_SLOWED_DOWN.counter(registry);
        overflowed = Meters.LISTENERS_OVERFLOWED.counter(registry);
        refused = Meters.LISTENERS_REFUSED.counter(registry);
        for (CloseReason reason : CloseReason.values()) {
            closed.put(
                    reason,
                    Meters.LISTENERS_CLOSED.counter(registry, reason.name().toLowerCase(Locale.ROOT)));
        }
    }

    @Override
    public void slowedDown() {
        slowedDown.increment();
    }

    @Override
    public void closed(CloseReason reason) {
        Objects.requireNonNull(closed.get(reason)).increment();
    }

    @Override
    public void refused() {
        refused.increment();
    }

    @Override
    public void overflowed() {
        overflowed.increment();
    }
}
