package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.access.CommandCheck;
import dev.stentor.broadcast.socket.SendMode;
import dev.stentor.clock.ClockThread;
import dev.stentor.web.TestAccess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class WarmUpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aWarmUpIsOverWhenItsUtterancesHaveEnded() {
        TestPublisher<Void> utterances = TestPublisher.create();
        WarmUp warmUp = WarmUp.start(utterances.mono());
        AtomicBoolean over = watch(warmUp);
        assertThat(over).isFalse();
        utterances.complete();
        assertThat(over).isTrue();
        assertThat(watch(warmUp)).as("for whoever asks later").isTrue();
    }

    @Test
    void aWarmUpThatFailsIsOver() {
        assertThat(watch(WarmUp.start(Mono.error(new IllegalStateException("no loopback address")))))
                .isTrue();
    }

    @Test
    void aWarmUpThatTakesTooLongIsGivenUp() {
        TestPublisher<Void> utterances = TestPublisher.create();
        StepVerifier.withVirtualTime(() -> WarmUp.start(utterances.mono()).over())
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(4_999))
                .thenAwait(Duration.ofMillis(1))
                .verifyComplete();
        utterances.assertCancelled();
    }

    @Test
    void theEndOfTheGatewayEndsTheWarmUp() {
        TestPublisher<Void> utterances = TestPublisher.create();
        WarmUp warmUp = WarmUp.start(utterances.mono());
        warmUp.close();
        utterances.assertCancelled();
        assertThat(watch(warmUp)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dashscope", "openai"})
    void allUtterancesAreSpokenThroughTheWholeGatewayWhicheverServiceItHas(String kind) {
        var fault = new AtomicReference<Throwable>();
        GatewayProperties properties = Bound.bind(Map.of(
                "gateway.upstreams[0].name", "any",
                "gateway.upstreams[0].kind", kind,
                "gateway.upstreams[0].api-key", "sk-never-sent",
                "gateway.upstreams[0].base-url", "http://127.0.0.1:1"));
        var seen = new AtomicBoolean();
        WebFilter filter = (exchange, chain) -> {
            seen.set(true);
            return chain.filter(exchange);
        };
        try (var clock = new ClockThread(fault::set);
                ServerLoops loops = ServerLoops.of(ServerLoops.Transport.AUTO, SendMode.AUTO, 1)) {
            CommandCheck check = TestAccess.open().commands();
            StepVerifier.create(new WarmUpGateway(properties, clock, loops, check, List.of(filter)).speak())
                    .expectComplete()
                    .verify(PATIENCE);
        }
        assertThat(seen).as("its requests pass the filters").isTrue();
        assertThat(fault).hasNullValue();
    }

    private static AtomicBoolean watch(WarmUp warmUp) {
        var over = new AtomicBoolean();
        var _ = warmUp.over().subscribe(nothing -> {}, failed -> {}, () -> over.set(true));
        return over;
    }
}
