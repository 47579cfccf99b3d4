package dev.stentor.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.access.Access;
import dev.stentor.access.AccessStats;
import dev.stentor.access.ApiKeys;
import dev.stentor.access.AuditLog;
import dev.stentor.access.OriginRule;
import dev.stentor.access.Rights;
import dev.stentor.access.TicketSettings;
import dev.stentor.access.Tickets;
import dev.stentor.testing.Unlimited;
import dev.stentor.usage.Limits;
import dev.stentor.usage.LocalQuotas;
import dev.stentor.usage.UsageStats;
import dev.stentor.web.edge.Vouching;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

/** A request that one node passes on to another one counts once. */
class PassedOnceTest {

    private static final Limits ONE = new Limits(0.001, 1, 0, 0, 0, 0);
    private final AccessFilter filter = new AccessFilter(access(), AccessStats.NONE, new AuditLog());

    private static Access access() {
        try {
            var rules = new Access.Rules(
                    new ApiKeys(List.of(), Unlimited.CALLER, null),
                    Rights.of(List.of("*"), List.of(), List.of()),
                    Unlimited.CALLER,
                    ONE,
                    null);
            return new Access(
                    rules,
                    new OriginRule(Set.of()),
                    new Tickets(
                            new TicketSettings(3, Duration.ofSeconds(30), Duration.ofHours(1)),
                            InstantSource.system(),
                            null),
                    new LocalQuotas(InstantSource.system(), () -> 0, null, UsageStats.NONE),
                    10,
                    InstantSource.system(),
                    () -> 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean passes(boolean fromNode) {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/v1/channels/lobby"));
        if (fromNode) {
            Vouching.mark(exchange);
        }
        filter.filter(exchange, passed -> {
                    passed.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
                    return Mono.empty();
                })
                .block(Duration.ofSeconds(10));
        return HttpStatus.NO_CONTENT.equals(exchange.getResponse().getStatusCode());
    }

    @Test
    void whatAnotherNodeHasCountedIsNotCountedAgain() {
        assertThat(passes(true)).isTrue();
        assertThat(passes(true)).isTrue();
        assertThat(passes(false)).isTrue();
        assertThat(passes(false)).isFalse();
        assertThat(passes(true)).isTrue();
    }
}
