package dev.stentor.metrics;

import dev.stentor.source.SoundLibrary;
import dev.stentor.source.SourceStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what befalls sources. Thread-safe. */
public final class SourceMeters implements SourceStats {

    private final MeterRegistry registry;
    private final Counter stalled;
    private final Counter reconnected;
    private final Counter refused;
    private final Counter faulty;

    /** In that registry. */
    public SourceMeters(MeterRegistry registry) {
        this.registry = registry;
        stalled = Meters.SOURCE_STALLS.counter(registry);
        reconnected = Meters.SOURCE_RECONNECTS.counter(registry);
        refused = Meters.SOURCE_REFUSED.counter(registry);
        faulty = Meters.MIX_FAULTY.counter(registry);
    }

    /** Shows what that library holds. */
    public void watch(SoundLibrary library) {
        Meters.SOUND_SECONDS.gauge(registry, () -> library.samplesHeld() / 24_000.0);
    }

    @Override
    public void stalled() {
        stalled.increment();
    }

    @Override
    public void reconnected() {
        reconnected.increment();
    }

    @Override
    public void refused() {
        refused.increment();
    }

    @Override
    public void faulty(long samples) {
        faulty.increment((double) samples);
    }
}
