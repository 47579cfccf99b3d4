package dev.stentor.speech.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class DashScopeEngineTest extends SpeechEngineContract {

    private static final String ANSWER = Wire.fiveBuffers();

    /** A server that answers every request of a connection. */
    private final ScriptedServer server = ScriptedServer.playing(connection -> {
        while (true) {
            connection.readRequest();
            connection.write(ANSWER);
        }
    });

    private final DashScopeEngine engine = Stage.engine(server.baseUrl(), Schedulers.parallel());

    @AfterEach
    void end() throws IOException {
        engine.close();
        server.close();
    }

    @Override
    protected SpeechEngine engine() {
        return engine;
    }

    @Override
    protected SpeechRequest request() {
        return SpeechRequest.of("Five buffers of a twentieth of a second.");
    }

    @Test
    void theSmallestRequestIsExactlyThis() {
        var _ = all(engine.speak(SpeechRequest.of("Say \"\u4F60\u597D\".")));
        assertThat(server.requests())
                .containsExactly(new ScriptedServer.Request(
                        """
                POST /api/v1/services/aigc/multimodal-generation/generation HTTP/1.1
                authorization: Bearer %s
                content-type: application/json
                accept: text/event-stream
                user-agent: stentor
                X-DashScope-SSE: enable
                host: 127.0.0.1:%d
                content-length: 79

                """.formatted(Stage.KEY, server.baseUrl().getPort()).replace("\n", "\r\n"), """
                {"model":"qwen3-tts-flash","input":{"text":"Say \\"\u4F60\u597D\\".","voice":"Cherry"}}"""));
    }

    @Test
    void theLargestRequestIsExactlyThis() throws IOException {
        URI withSlash = URI.create(server.baseUrl() + "/");
        try (var other = new DashScopeEngine(
                new DashScopeSettings(
                        withSlash,
                        Stage.KEY,
                        "ws-123",
                        "a-model",
                        "A Voice",
                        Duration.ofSeconds(1),
                        Stage.SILENCE,
                        1,
                        65_536,
                        65_536),
                Schedulers.parallel())) {
            var _ = all(other.speak(new SpeechRequest("Hello", "my-model", "My Voice", "English", "Fast.", true)));
            var _ = all(other.speak(SpeechRequest.of("Hello")));
        }
        assertThat(server.requests()).extracting(ScriptedServer.Request::body).containsExactly("""
                        {"model":"my-model","input":{"text":"Hello","voice":"My Voice","language_type":"English",\
                        "instructions":"Fast.","optimize_instructions":true}}""", """
                        {"model":"a-model","input":{"text":"Hello","voice":"A Voice"}}""");
        assertThat(server.requests()).allSatisfy(request -> {
            assertThat(request.head()).startsWith("POST /api/v1/services/aigc/");
            assertThat(request.header("X-DashScope-WorkSpace")).contains("ws-123");
            assertThat(request.header("Accept-Encoding")).isEmpty();
        });
    }

    @Test
    void nothingIsSentBeforeTheAudioIsSubscribedTo() {
        var unheard = engine.speak(request());
        var _ = all(engine.speak(SpeechRequest.of("Heard.")));
        assertThat(unheard).isNotNull();
        assertThat(server.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.body()).contains("Heard."));
    }

    @Test
    void blankTextIsNotSent() {
        StepVerifier.create(engine.speak(SpeechRequest.of(" \n")).audio())
                .expectError(SpeechException.class)
                .verify(Duration.ofSeconds(10));
        assertThat(server.connections()).isZero();
    }

    @Test
    void theReceiptNeedsNoListenerAndMayBeAskedAgain() {
        var speech = engine.speak(request());
        var early = Objects.requireNonNull(speech.receipt()).toFuture();
        assertThat(early).isNotDone();
        var _ = all(speech);
        assertThat(early).isCompletedWithValue(speech.receipt().block());
    }

    @Test
    void theReceiptFailsWithTheAudiosOwnFailure() throws IOException {
        try (var broken = ScriptedServer.answering(Wire.stream(""));
                var other = Stage.engine(broken.baseUrl(), Schedulers.parallel())) {
            var speech = other.speak(request());
            StepVerifier.create(speech.audio())
                    .expectError(SpeechException.class)
                    .verify(Duration.ofSeconds(10));
            StepVerifier.create(speech.receipt())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    SpeechException.class,
                                    failed -> assertThat(failed.failure()).isInstanceOf(SpeechFailure.Truncated.class)))
                    .verify(Duration.ofSeconds(10));
        }
    }

    @Test
    void theKeyIsInNoFailureNoTextAndNoLog() throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        try {
            String error = Wire.error(401, "Bad-" + Stage.KEY, "Invalid API-key provided: " + Stage.KEY);
            String inStream = Wire.stream(Wire.event("error", 401, error));
            String broken = Wire.stream(Wire.result("\"" + Stage.KEY));
            for (String answer : List.of(Wire.answer(401, "application/json", error, ""), inStream, broken)) {
                assertThat(Stage.hear(answer).failure())
                        .isNotNull()
                        .satisfies(failure -> assertThat(failure.toString()).doesNotContain(Stage.KEY));
            }
            var speech = engine.speak(request());
            assertThat(speech + " " + Stage.settings(server.baseUrl())).doesNotContain(Stage.KEY);
            var _ = all(speech);
        } finally {
            root.setLevel(level);
            root.detachAppender(log);
        }
        assertThat(List.copyOf(log.list))
                .isNotEmpty()
                .allSatisfy(event ->
                        assertThat(written(event)).doesNotContain(Stage.KEY).doesNotContain("twentieth of a second"));
    }

    /** Returns an event as a log file would show it, with the causes. */
    private static String written(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        return event.getFormattedMessage() + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown));
    }
}
