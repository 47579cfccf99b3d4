package dev.stentor.metrics;

import dev.stentor.broadcast.EncodingStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;

/** Meters of the encoding of sound in one format. Thread-safe. */
public final class EncodingMeters implements EncodingStats {

    private final AtomicLong waiting = new AtomicLong();
    private final Counter frames;
    private final Counter micros;
    private final Counter late;
    private final Counter failed;

    private EncodingMeters(Counter frames, Counter micros, Counter late, Counter failed) {
        this.frames = frames;
        this.micros = micros;
        this.late = late;
        this.failed = failed;
    }

    /** Creates the meters of Opus in a registry. */
    public static EncodingMeters opus(MeterRegistry registry) {
        var meters = new EncodingMeters(
                Meters.OPUS_FRAMES.counter(registry),
                Meters.OPUS_MICROS.counter(registry),
                Meters.OPUS_LATE.counter(registry),
                Meters.OPUS_FAILED.counter(registry));
        Meters.OPUS_WAITING.gauge(registry, meters.waiting::get);
        return meters;
    }

    /** Creates the meters of MP3 in a registry. */
    public static EncodingMeters mp3(MeterRegistry registry) {
        var meters = new EncodingMeters(
                Meters.MP3_FRAMES.counter(registry),
                Meters.MP3_MICROS.counter(registry),
                Meters.MP3_LATE.counter(registry),
                Meters.MP3_FAILED.counter(registry));
        Meters.MP3_WAITING.gauge(registry, meters.waiting::get);
        return meters;
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
