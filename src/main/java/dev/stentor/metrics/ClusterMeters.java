package dev.stentor.metrics;

import dev.stentor.cluster.ClusterStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** The meters of the cluster; those of a gateway alone stay as they begin. Thread-safe. */
public final class ClusterMeters implements ClusterStats {

    private final Counter appended;
    private final Counter notStored;
    private final Counter fenced;
    private final Counter filled;
    private final Counter lost;
    private final Timer delay;
    private volatile boolean connected = true;

    /** Creates the meters in a registry. */
    public ClusterMeters(MeterRegistry registry) {
        Meters.CLUSTER_CONNECTED.gauge(registry, () -> connected ? 1 : 0);
        appended = Meters.CLUSTER_APPENDED.counter(registry);
        delay = Meters.CLUSTER_APPEND_DELAY.timer(registry, Tags.empty());
        notStored = Meters.CLUSTER_NOT_STORED.counter(registry);
        fenced = Meters.CLUSTER_FENCED.counter(registry);
        filled = Meters.CLUSTER_FILLED.counter(registry);
        lost = Meters.CLUSTER_LOST.counter(registry);
    }

    @Override
    public void connected(boolean isConnected) {
        connected = isConnected;
    }

    @Override
    public void appended(int entries, long delayMicros) {
        appended.increment(entries);
        delay.record(delayMicros, TimeUnit.MICROSECONDS);
    }

    @Override
    public void notStored() {
        notStored.increment();
    }

    @Override
    public void fenced() {
        fenced.increment();
    }

    @Override
    public void filled(int entries) {
        filled.increment(entries);
    }

    @Override
    public void lostHistory() {
        lost.increment();
    }
}
