package dev.stentor.metrics;

import dev.stentor.load.LoadStats;
import dev.stentor.load.RefusedWork;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;

/** The meters of the load: how late threads are, and what was refused for it. Thread-safe. */
public final class LoadMeters implements LoadStats {

    private final MeterRegistry registry;
    private final Timer clock;
    private final Timer loops;
    private final Map<RefusedWork, Counter> refused = new EnumMap<>(RefusedWork.class);

    /** Creates the meters in a registry. */
    public LoadMeters(MeterRegistry registry) {
        this.registry = registry;
        clock = Meters.CLOCK_LATENESS.timer(registry, Tags.empty());
        loops = Meters.LOOP_LATENESS.timer(registry, Tags.empty());
        for (RefusedWork work : RefusedWork.values()) {
            refused.put(
                    work, Meters.OVERLOAD_REFUSED.counter(registry, work.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** Shows whether new work is refused now. */
    public void watch(BooleanSupplier overloaded) {
        Meters.OVERLOAD.gauge(registry, () -> overloaded.getAsBoolean() ? 1 : 0);
    }

    @Override
    public void clockLate(Duration lateness) {
        clock.record(lateness);
    }

    @Override
    public void loopLate(Duration lateness) {
        loops.record(lateness);
    }

    @Override
    public void refused(RefusedWork work) {
        Objects.requireNonNull(refused.get(work)).increment();
    }
}
