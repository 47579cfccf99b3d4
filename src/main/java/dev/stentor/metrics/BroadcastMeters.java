package dev.stentor.metrics;

import dev.stentor.broadcast.BroadcastStats;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.GapCause;
import dev.stentor.broadcast.ListenerJoin;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Meters of listeners and of the sound that they lose. Thread-safe. */
public final class BroadcastMeters implements BroadcastStats {

    private final MeterRegistry registry;
    private final Map<GapCause, Counter> gaps = new EnumMap<>(GapCause.class);
    private final Map<GapCause, Counter> skipped = new EnumMap<>(GapCause.class);

    private final Counter messages;
    private final Counter underruns;
    private final Timer lag;
    /** The timers of joins: to look for one in the registry builds all its buckets. */
    private final Map<JoinKind, Timer> joins = new ConcurrentHashMap<>();

    /** What tells the timers of joins apart. */
    private record JoinKind(String format, boolean resumed) {}

    /** Creates the counters in a registry. */
    public BroadcastMeters(MeterRegistry registry) {
        this.registry = registry;
        messages = Meters.LISTENER_MESSAGES.counter(registry);
        underruns = Meters.LISTENER_UNDERRUNS.counter(registry);
        lag = Meters.LISTENER_LAG.timer(registry, Tags.empty());
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

    @Override
    public void sent(long sent) {
        messages.increment((double) sent);
    }

    @Override
    public void joined(ListenerJoin join) {
        joins.computeIfAbsent(new JoinKind(join.format(), join.resumed()), this::timer)
                .record(join.took());
    }

    private Timer timer(JoinKind kind) {
        Tags tags = Tags.of("format", kind.format(), "resumed", Boolean.toString(kind.resumed()));
        return Meters.LISTENER_JOINS.timer(registry, tags);
    }

    @Override
    public void reported(long newUnderruns, long behindMillis) {
        underruns.increment((double) newUnderruns);
        lag.record(behindMillis, TimeUnit.MILLISECONDS);
    }

    private static void count(Map<GapCause, Counter> counters, GapCause cause, long by) {
        Counter counter = counters.get(cause);
        if (counter != null) {
            counter.increment((double) by);
        }
    }
}
