package dev.stentor.speech.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.Signals;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class OpenAiEngineTest extends SpeechEngineContract {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** A server that answers at 22.05 kHz and in odd parts, so that every step of the conversion is used. */
    private final ScriptedServer server = ScriptedServer.playing(connection -> {
        while (true) {
            connection.readRequest();
            connection.write(Wire.bytes(Wire.chunked("audio/pcm;rate=22050")));
            for (ByteBuffer part : Signals.chunks(Signals.selfIndexing(4_410), 1_763)) {
                byte[] bytes = new byte[part.remaining()];
                part.duplicate().get(bytes);
                connection.write(Wire.bytes(Wire.chunk(Wire.text(bytes))));
            }
            connection.write(Wire.lastChunk());
        }
    });

    private final OpenAiEngine engine = Wire.engine(Wire.settings(server.baseUrl(), Map.of()), Schedulers.parallel());

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
        return SpeechRequest.of("A fifth of a second, in several buffers.");
    }

    @Test
    void theSmallestRequestIsExactlyThis() {
        var _ = all(engine.speak(SpeechRequest.of("Say \"\u4F60\u597D\".")));
        assertThat(server.requests())
                .containsExactly(new ScriptedServer.Request(
                        """
                POST /api/v1/audio/speech HTTP/1.1
                content-type: application/json
                accept: audio/pcm, audio/wav, text/event-stream, */*;q=0.1
                user-agent: stentor
                authorization: Bearer %s
                host: 127.0.0.1:%d
                content-length: 83

                """.formatted(Wire.KEY, server.baseUrl().getPort()).replace("\n", "\r\n"), """
                {"model":"tts-1","input":"Say \\"\u4F60\u597D\\".","voice":"alloy","response_format":"pcm"}"""));
    }

    @Test
    void namesAreTranslatedAndFurtherMembersSent() {
        Map<String, String> extra = Map.of(
                "stream",
                "true",
                "stream_format",
                "audio",
                "speed",
                "1.5",
                "odd",
                "{x",
                "quoted",
                "\"7\"",
                "response_format",
                "null");
        var settings = new OpenAiSettings(
                URI.create(server.baseUrl() + "/"),
                "",
                "",
                "vivian",
                Map.of("qwen3-tts-flash", "omni"),
                Map.of("Cherry", "af_bella(2)+af_sky"),
                "language",
                extra,
                24_000,
                Duration.ofSeconds(1),
                Wire.SILENCE,
                1,
                65_536,
                65_536);
        try (var other = Wire.engine(settings, Schedulers.parallel())) {
            var _ = all(other.speak(new SpeechRequest("Hi", "qwen3-tts-flash", "Cherry", "Chinese", "Fast.", true)));
            var _ = all(other.speak(new SpeechRequest("Hi", "mine", "Own", null, null, null)));
        }
        assertThat(server.requests()).allSatisfy(request -> {
            assertThat(request.header("Authorization")).isEmpty();
            assertThat(request.body())
                    .contains("\"stream\":true", "\"stream_format\":\"audio\"", "\"speed\":1.5", "\"odd\":\"{x\"")
                    .contains("\"quoted\":\"7\"")
                    .doesNotContain("response_format");
        });
        assertThat(server.requests().getFirst().body())
                .startsWith("{\"model\":\"omni\",\"input\":\"Hi\",\"voice\":\"af_bella(2)+af_sky\",")
                .contains("\"instructions\":\"Fast.\"", "\"language\":\"Chinese\"");
        assertThat(server.requests().getLast().body())
                .contains("\"model\":\"mine\"", "\"voice\":\"Own\"")
                .doesNotContain("language");
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
    void anUnreadAnswerStopsTheSenderAndIsNotSilence() throws IOException {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        byte[] second = Signals.selfIndexing(24_000);
        var written = new AtomicLong();
        ScriptedServer.Script flood = connection -> {
            connection.readRequest();
            connection.write(Wire.chunked("audio/pcm"));
            for (int i = 0; i < 200; i++) {
                connection.write(Wire.bytes(Wire.chunk(Wire.text(second))));
                written.addAndGet(second.length);
            }
            connection.write(Wire.lastChunk());
        };
        try (var flooding = ScriptedServer.playing(flood);
                var other = Wire.engine(Wire.settings(flooding.baseUrl(), Map.of()), time)) {
            var heard = new AtomicLong();
            StepVerifier.create(
                            other.speak(request()).audio().doOnNext(buffer -> heard.addAndGet(buffer.remaining())), 0)
                    .thenRequest(3)
                    .expectNextCount(3)
                    .then(() -> time.advanceTimeBy(Duration.ofDays(1)))
                    .then(() -> assertThat(written.get()).isLessThan(200L * second.length))
                    .thenRequest(Long.MAX_VALUE)
                    .thenConsumeWhile(_ -> true)
                    .expectComplete()
                    .verify(LIMIT);
            assertThat(heard.get()).isEqualTo(200L * second.length);
        } finally {
            time.dispose();
        }
    }

    @Test
    void aServerThatStopsTalkingIsSilent() throws IOException, InterruptedException {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        ScriptedServer.Script script = connection -> {
            connection.readRequest();
            connection.write(Wire.bytes(Wire.chunked("audio/pcm") + Wire.chunk(Wire.text(Signals.selfIndexing(100)))));
            connection.awaitClosed();
        };
        try (var quiet = ScriptedServer.playing(script);
                var other = Wire.engine(Wire.settings(quiet.baseUrl(), Map.of()), time)) {
            StepVerifier.create(other.speak(request()).audio())
                    .expectNextCount(1)
                    .then(() -> time.advanceTimeBy(Wire.SILENCE))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    SpeechException.class,
                                    failed -> assertThat(failed.failure())
                                            .isEqualTo(new SpeechFailure.Silent(Wire.SILENCE, 100))))
                    .verify(LIMIT);
            assertThat(quiet.clientLeft()).isTrue();
        } finally {
            time.dispose();
        }
    }

    @Test
    void commentsAreASignOfLifeOnlyForAWhile() throws IOException, InterruptedException {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        ScriptedServer.Script script = connection -> {
            connection.readRequest();
            connection.write(Wire.chunked("text/event-stream"));
            while (true) {
                connection.write(Wire.chunk(": still working\n\n"));
            }
        };
        var failure = new AtomicReference<Throwable>();
        try (var server = ScriptedServer.playing(script);
                var other = Wire.engine(Wire.settings(server.baseUrl(), Map.of()), time)) {
            var listening = other.speak(request()).audio().subscribe(_ -> {}, failure::set);
            Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> {
                time.advanceTimeBy(Wire.SILENCE.dividedBy(10));
                return failure.get() != null;
            });
            assertThat(failure.get()).hasMessageStartingWith("UpstreamSilent");
            listening.dispose();
        } finally {
            time.dispose();
        }
    }

    @Test
    void neitherKeyNorTextReachesTheLog() throws IOException {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Level level = root.getLevel();
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        root.addAppender(log);
        root.setLevel(Level.TRACE);
        try {
            for (String answer : List.of(
                    Wire.answer(401, "text/plain", Wire.KEY + Wire.TEXT, ""),
                    Wire.events("data: \"" + Wire.TEXT + "\n\n"),
                    Wire.answer("audio/pcm", Wire.SOUND))) {
                assertThat(String.valueOf(Wire.hear(answer).failure())).doesNotContain(Wire.KEY, Wire.TEXT);
            }
        } finally {
            root.setLevel(level);
            root.detachAppender(log);
        }
        assertThat(List.copyOf(log.list))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getFormattedMessage()).doesNotContain(Wire.KEY, Wire.TEXT));
        assertThat(Wire.settings(server.baseUrl(), Map.of()).toString()).doesNotContain(Wire.KEY);
    }

    @Test
    void wrongSettingsAreNamed() {
        URI base = URI.create("http://localhost/v1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OpenAiSettings.of(URI.create("ftp://localhost/v1"), ""))
                .withMessage("baseUrl must be http or https, with a host");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OpenAiSettings.of(base, "a b"))
                .withMessage("apiKey must be printable ASCII without spaces");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Wire.settings(base, Map.of("input", "x")))
                .withMessage("extra must not set the input");
        assertThat(OpenAiSettings.of(base, "").defaultVoice()).isEqualTo("alloy");
    }
}
