package dev.stentor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.socket.CloseReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ListenMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void closedConnectionsAreCountedByTheirReason() {
        var meters = new ListenMeters(registry);
        meters.closed(CloseReason.SLOW);
        meters.refused();
        assertThat(registry.get("stentor.listeners.closed")
                        .tag("cause", "slow")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("stentor.listeners.closed")
                        .tag("cause", "drain")
                        .counter()
                        .count())
                .isZero();
        assertThat(registry.get("stentor.listeners.refused").counter().count()).isEqualTo(1);
    }

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
