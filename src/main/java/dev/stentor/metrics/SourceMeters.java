package dev.stentor.metrics;

import dev.stentor.audio.SpeechTime;
import dev.stentor.source.SoundLibrary;
import dev.stentor.source.SourceStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Meters of sources. Thread-safe. */
public final class SourceMeters implements SourceStats {

    private final MeterRegistry registry;
    private final Counter stalled;
    private final Counter reconnected;
    private final Counter refused;
    private final Counter faulty;

    /** Creates the counters in a registry. */
    public SourceMeters(MeterRegistry registry) {
        this.registry = registry;
        stalled = Meters.SOURCE_STALLS.counter(registry);
        reconnected = Meters.SOURCE_RECONNECTS.counter(registry);
        refused = Meters.SOURCE_REFUSED.counter(registry);
        faulty = Meters.MIX_FAULTY.counter(registry);
    }

    /** Registers a gauge of the sound that a library holds, in seconds. */
    public void watch(SoundLibrary library) {
        Meters.SOUND_SECONDS.gauge(registry, () -> (double) library.samplesHeld() / SpeechTime.SAMPLES_PER_SECOND);
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
