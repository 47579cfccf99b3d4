package dev.stentor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.access.AccessStats.Way;
import dev.stentor.access.Decision.Reason;
import dev.stentor.access.TicketSettings;
import dev.stentor.access.Tickets;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class AccessMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AccessMeters meters = new AccessMeters(registry);

    @Test
    void refusalsAreCountedByCauseAndWay() {
        meters.refused(Way.HANDSHAKE, Reason.UNAUTHENTICATED);
        meters.refused(Way.HANDSHAKE, Reason.UNAUTHENTICATED);
        meters.refused(Way.REQUEST, Reason.ORIGIN_NOT_ALLOWED);
        assertThat(count("handshake", "unauthenticated")).isEqualTo(2);
        assertThat(count("request", "origin_not_allowed")).isEqualTo(1);
        assertThat(count("command", "forbidden")).isZero();
    }

    @Test
    void openTicketsAreShown() {
        var settings = new TicketSettings(1, Duration.ofSeconds(1), Duration.ofSeconds(1));
        meters.watch(new Tickets(settings, InstantSource.system(), null));
        assertThat(registry.get("stentor.access.tickets").gauge().value()).isZero();
    }

    private double count(String way, String cause) {
        return registry.get("stentor.access.refused")
                .tags("way", way, "cause", cause)
                .counter()
                .count();
    }
}
