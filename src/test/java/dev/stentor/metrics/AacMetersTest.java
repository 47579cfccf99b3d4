package dev.stentor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class AacMetersTest {

    @Test
    void whatIsReadIsShownUnderItsName() {
        var registry = new SimpleMeterRegistry();
        AacMeters.register(registry, () -> 3, () -> 7, () -> 2);
        assertThat(registry.get("stentor.aac.processes").gauge().value()).isEqualTo(3);
        assertThat(registry.get("stentor.aac.refused").functionCounter().count())
                .isEqualTo(7);
        assertThat(registry.get("stentor.aac.failed").functionCounter().count()).isEqualTo(2);
    }
}
