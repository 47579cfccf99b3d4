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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Tests of the gateway of the warm-up, with its real sockets. */
class WarmUpGatewayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aGatewayThatIsToldToEndInTheMiddleLetsGoOfEverything() {
        assertThat(speak("dashscope", passed -> passed)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dashscope", "openai"})
    void allUtterancesAreSpokenThroughTheWholeGatewayWhicheverServiceItHas(String kind) {
        assertThat(speak(kind, passed -> Mono.never()))
                .as("its requests pass the filters")
                .isTrue();
    }

    /** Warms a gateway up, and returns whether a request passed its filters. */
    private static boolean speak(String kind, UnaryOperator<Mono<Void>> enough) {
        var fault = new AtomicReference<Throwable>();
        GatewayProperties properties = Bound.bind(Map.of(
                "gateway.upstreams[0].name", "any",
                "gateway.upstreams[0].kind", kind,
                "gateway.upstreams[0].api-key", "sk-never-sent",
                "gateway.upstreams[0].base-url", "http://127.0.0.1:1"));
        var seen = new AtomicBoolean();
        var requests = new AtomicInteger();
        Sinks.Empty<Void> passed = Sinks.empty();
        WebFilter filter = (exchange, chain) -> {
            seen.set(true);
            if (requests.incrementAndGet() == 5) {
                var _ = passed.tryEmitEmpty();
            }
            return chain.filter(exchange);
        };
        try (var clock = new ClockThread(fault::set);
                ServerLoops loops = ServerLoops.of(ServerLoops.Transport.AUTO, SendMode.AUTO, 1)) {
            CommandCheck check = TestAccess.open().commands();
            var gateway = new WarmUpGateway(properties, clock, loops, check, List.of(filter));
            StepVerifier.create(gateway.speak(enough.apply(passed.asMono())))
                    .expectComplete()
                    .verify(PATIENCE);
        }
        assertThat(fault).hasNullValue();
        return seen.get();
    }
}
