package dev.stentor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class EncodingMetersTest {

    @Test
    void whatIsToldIsShownUnderItsName() {
        var registry = new SimpleMeterRegistry();
        var meters = EncodingMeters.opus(registry);
        meters.waiting(20);
        meters.waiting(-16);
        meters.encoded(16, 1_300);
        meters.late(3);
        meters.failed();
        assertThat(registry.get("stentor.opus.waiting").gauge().value()).isEqualTo(4);
        assertThat(registry.get("stentor.opus.frames").counter().count()).isEqualTo(16);
        assertThat(registry.get("stentor.opus.micros").counter().count()).isEqualTo(1_300);
        assertThat(registry.get("stentor.opus.late").counter().count()).isEqualTo(3);
        assertThat(registry.get("stentor.opus.failed").counter().count()).isEqualTo(1);
        EncodingMeters.mp3(registry).encoded(2, 10);
        assertThat(registry.get("stentor.mp3.frames").counter().count()).isEqualTo(2);
        assertThat(registry.get("stentor.opus.frames").counter().count()).isEqualTo(16);
    }
}
