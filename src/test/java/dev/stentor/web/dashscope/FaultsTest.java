package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.ScriptedEngine;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.AbortedException;
import reactor.test.StepVerifier;

class FaultsTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(Faults.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void anUnexpectedErrorIsOneLineWithoutItsMessage() {
        var error = new IllegalStateException("cannot say: the user's text");
        assertThat(Faults.of("request-1", error)).isEqualTo(Fault.internal());
        assertThat(log.list).singleElement().satisfies(line -> {
            assertThat(line.getFormattedMessage()).doesNotContain("the user's text");
            assertThat(line.getThrowableProxy()).isNull();
            assertThat(line.getKeyValuePairs().toString())
                    .contains("request-1", "IllegalStateException", "FaultsTest")
                    .doesNotContain("the user's text");
        });
    }

    @Test
    void whatTheClientDidWrongIsNotLogged() {
        assertThat(Faults.of("r", new SpeechException(new SpeechFailure.InvalidInput("voice", "Unknown.")))
                        .status())
                .isEqualTo(400);
        assertThat(Faults.of("r", new Rejection(Fault.invalid("model is required.")))
                        .status())
                .isEqualTo(400);
        assertThat(log.list).isEmpty();
    }

    @Test
    void whatTheUpstreamDidWrongIsLoggedByItsCode() {
        var failure = new SpeechFailure.Silent(Duration.ofSeconds(1), 0);
        assertThat(Faults.of("request-1", new SpeechException(failure)).status())
                .isEqualTo(504);
        assertThat(log.list)
                .singleElement()
                .satisfies(
                        line -> assertThat(line.getKeyValuePairs().toString()).contains("request-1", "UpstreamSilent"));
    }

    @Test
    void anUploadThatBreaksOffIsNoFaultOfOurs() {
        var api = new DashScopeApi(
                ScriptedEngine.speaking(new byte[2], 2),
                null,
                DashScopeLimits.DEFAULT,
                () -> "r",
                Schedulers.parallel());
        var request = MockServerHttpRequest.post(DashScopeApi.PATH)
                .header("Authorization", "Bearer sk-any")
                .header("X-DashScope-SSE", "enable")
                .header("Content-Type", "application/json")
                .body(Flux.error(new AbortedException("Connection has been closed")));
        var response = new MockServerHttpResponse();
        StepVerifier.create(RouterFunctions.toHttpHandler(api.routes()).handle(request, response))
                .verifyComplete();
        assertThat(response.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
        assertThat(log.list).isEmpty();
    }
}
