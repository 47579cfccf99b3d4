package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.access.CommandCheck;
import dev.stentor.broadcast.socket.SendMode;
import dev.stentor.clock.ClockThread;
import dev.stentor.web.TestAccess;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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

    private static final int LISTENERS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aGatewayThatIsToldToEndInTheMiddleLetsGoOfEverything() {
        assertThat(speak(passed -> passed, "dashscope", "openai")).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dashscope", "openai"})
    void allUtterancesAreSpokenThroughTheWholeGatewayWhicheverServiceItHas(String kind) {
        assertThat(speak(passed -> Mono.never(), kind))
                .as("its requests pass the filters")
                .isEqualTo(LISTENERS);
    }

    @Test
    void utterancesAreSpokenThroughTheApiOfEachServiceOnce() {
        assertThat(speak(passed -> Mono.never(), "openai", "dashscope", "openai"))
                .isEqualTo(2 * LISTENERS);
    }

    /** Warms a gateway up that has services of those kinds, and returns how many listeners passed its filters. */
    private static int speak(UnaryOperator<Mono<Void>> enough, String... kinds) {
        var fault = new AtomicReference<Throwable>();
        var settings = new HashMap<String, String>();
        for (int i = 0; i < kinds.length; i++) {
            String service = "gateway.upstreams[" + i + "].";
            settings.put(service + "name", "any-" + i);
            settings.put(service + "kind", kinds[i]);
            settings.put(service + "api-key", "sk-never-sent");
            settings.put(service + "base-url", "http://127.0.0.1:1");
        }
        GatewayProperties properties = Bound.bind(settings);
        var listeners = new AtomicInteger();
        var requests = new AtomicInteger();
        Sinks.Empty<Void> passed = Sinks.empty();
        WebFilter filter = (exchange, chain) -> {
            if (exchange.getRequest().getPath().value().endsWith("/listen")) {
                listeners.incrementAndGet();
            }
            if (requests.incrementAndGet() == 5) {
                var _ = passed.tryEmitEmpty();
            }
            return chain.filter(exchange);
        };
        try (var clock = new ClockThread(fault::set, 1);
                ServerLoops loops = ServerLoops.of(ServerLoops.Transport.AUTO, SendMode.AUTO, 1)) {
            CommandCheck check = TestAccess.open().commands();
            var gateway = new WarmUpGateway(properties, clock, loops, check, List.of(filter));
            StepVerifier.create(gateway.speak(enough.apply(passed.asMono())))
                    .expectComplete()
                    .verify(PATIENCE);
        }
        assertThat(fault).hasNullValue();
        return listeners.get();
    }
}
