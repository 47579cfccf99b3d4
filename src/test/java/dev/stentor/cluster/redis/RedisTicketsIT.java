package dev.stentor.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.access.SharedTickets;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tickets of two nodes in a real Redis. */
class RedisTicketsIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void aTicketIsFoundByAllNodesUsedByOneAndForgottenInTime() throws IOException {
        try (var redis = new RealRedis();
                var one = new RedisNode("one", redis.uri());
                var two = new RedisNode("two", redis.uri())) {
            SharedTickets here = one.cluster.tickets();
            SharedTickets there = two.cluster.tickets();
            var _ = here.keep("hash", "text\nof a ticket", Duration.ofMinutes(1))
                    .blockOptional(LIMIT);
            assertThat(there.find("hash").block(LIMIT)).isEqualTo("text\nof a ticket");
            assertThat(there.use("hash").block(LIMIT)).isTrue();
            assertThat(here.use("hash").block(LIMIT)).isFalse();
            assertThat(here.find("hash").blockOptional(LIMIT)).isEmpty();
            var _ = here.keep("short", "text", Duration.ofMillis(20)).blockOptional(LIMIT);
            RedisNode.await(() -> there.find("short").blockOptional(LIMIT).isEmpty());
        }
    }
}
