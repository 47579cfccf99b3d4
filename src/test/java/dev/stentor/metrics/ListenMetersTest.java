package dev.stentor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ListenMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void clientsThatSendTooMuchOrReadTooLittleAreCounted() {
        var meters = new ListenMeters(registry);
        meters.slowedDown();
        meters.slowedDown();
        meters.overflowed();
        assertThat(registry.get("stentor.listeners.slowed.down").counter().count())
                .isEqualTo(2);
        assertThat(registry.get("stentor.listeners.overflowed").counter().count())
                .isEqualTo(1);
    }
}
