package dev.stentor.metrics;

import dev.stentor.broadcast.EncodingStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** Meters of the encoding of sound as Opus. Thread-safe. */
public final class EncodingMeters implements EncodingStats {

    private final AtomicLong waiting = new AtomicLong();
    private final Counter frames;
    private final Counter micros;
    private final Counter late;
    private final Counter failed;

    /** Creates the meters in a registry. */
    public EncodingMeters(MeterRegistry registry) {
        frames = Meters.OPUS_FRAMES.counter(registry);
        micros = Meters.OPUS_MICROS.counter(registry);
        late = Meters.OPUS_LATE.counter(registry);
        failed = Meters.OPUS_FAILED.counter(registry);
        Meters.OPUS_WAITING.gauge(registry, waiting::get);
    }

    @Override
    public void waiting(int change) {
        waiting.addAndGet(change);
    }

    @Override
    public void encoded(int count, long spentMicros) {
        frames.increment(count);
        micros.increment((double) spentMicros);
    }

    @Override
    public void late(int count) {
        late.increment(count);
    }

    @Override
    public void failed() {
        failed.increment();
    }
}
