package dev.stentor.metrics;

import dev.stentor.archive.Archive;
import dev.stentor.archive.ArchiveStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Meters of the archive. Thread-safe. */
public final class ArchiveMeters implements ArchiveStats {

    private final MeterRegistry registry;
    private final Counter hits;
    private final Counter joined;
    private final Counter misses;
    private final Counter evicted;
    private final Counter writeFailures;
    private final Counter drained;

    /** Creates the counters in a registry. */
    public ArchiveMeters(MeterRegistry registry) {
        this.registry = registry;
        hits = Meters.ARCHIVE_HITS.counter(registry);
        joined = Meters.ARCHIVE_JOINED.counter(registry);
        misses = Meters.ARCHIVE_MISSES.counter(registry);
        evicted = Meters.ARCHIVE_EVICTED.counter(registry);
        writeFailures = Meters.ARCHIVE_WRITE_FAILURES.counter(registry);
        drained = Meters.ARCHIVE_DRAINED.counter(registry);
    }

    /** Registers gauges of the number of files in an archive, and of their size. */
    public void watch(Archive archive) {
        Meters.ARCHIVE_FILES.gauge(registry, archive::files);
        Meters.ARCHIVE_BYTES.gauge(registry, archive::bytes);
    }

    @Override
    public void hit() {
        hits.increment();
    }

    @Override
    public void joined() {
        joined.increment();
    }

    @Override
    public void missed() {
        misses.increment();
    }

    @Override
    public void evicted() {
        evicted.increment();
    }

    @Override
    public void writeFailed() {
        writeFailures.increment();
    }

    @Override
    public void drained() {
        drained.increment();
    }
}
