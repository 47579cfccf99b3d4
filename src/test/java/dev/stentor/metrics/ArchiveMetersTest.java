package dev.stentor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.archive.TestArchive;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void everyEventHasACounterOfItsOwn() {
        var meters = new ArchiveMeters(registry);
        Runnable[] events = {
            meters::hit, meters::joined, meters::missed, meters::evicted, meters::writeFailed, meters::drained
        };
        Meters[] counters = {
            Meters.ARCHIVE_HITS,
            Meters.ARCHIVE_JOINED,
            Meters.ARCHIVE_MISSES,
            Meters.ARCHIVE_EVICTED,
            Meters.ARCHIVE_WRITE_FAILURES,
            Meters.ARCHIVE_DRAINED
        };
        for (int i = 0; i < events.length; i++) {
            for (int times = 0; times <= i; times++) {
                events[i].run();
            }
        }
        for (int i = 0; i < counters.length; i++) {
            Counter counter =
                    Objects.requireNonNull(registry.find(counters[i].meter()).counter());
            assertThat(counter.count()).as(counters[i].meter()).isEqualTo(i + 1.0);
        }
    }

    @Test
    void everyMeterIsThereAndSaysWhatItIs(@TempDir Path directory) {
        try (var archive = new TestArchive(directory)) {
            new ArchiveMeters(registry).watch(archive.archive());
            assertThat(registry.getMeters())
                    .extracting(meter -> meter.getId().getName())
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(Meters.values())
                            .map(Meters::meter)
                            .filter(name -> name.startsWith("stentor.archive."))
                            .toList());
            assertThat(registry.getMeters())
                    .allSatisfy(
                            meter -> assertThat(meter.getId().getDescription()).isNotBlank());
        }
    }
}
