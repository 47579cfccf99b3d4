package dev.stentor.web.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslClosedEngineException;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.test.StepVerifier;

class ErrorAnswersTest {

    static Stream<Throwable> leavings() {
        return Stream.of(
                new IOException("Connection reset by peer"),
                new IOException("Broken pipe"),
                AbortedException.beforeSend(),
                new SslClosedEngineException("SSLEngine closed already"),
                new IllegalStateException("writing", new SslClosedEngineException("SSLEngine closed already")));
    }

    /** Checks that no error goes on, which Spring would log with its trace. */
    @ParameterizedTest
    @MethodSource("leavings")
    void aClientThatGoesInTheMiddleOfItsAnswerIsNoError(Throwable leaving) {
        StepVerifier.create(handleInTheMiddle(leaving)).expectComplete().verify(Duration.ofSeconds(10));
    }

    static Stream<Throwable> failures() {
        return Stream.of(new IOException("No space left on device"), new IllegalStateException("unexpected"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureOfTheGatewayInTheMiddleOfAnAnswerIsOne(Throwable failure) {
        StepVerifier.create(handleInTheMiddle(failure))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(failure))
                .verify(Duration.ofSeconds(10));
    }

    private static Mono<Void> handleInTheMiddle(Throwable error) {
        var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/v1/channels/a/audio.wav"));
        return exchange.getResponse().setComplete().then(new ErrorAnswers().handle(exchange, error));
    }
}
