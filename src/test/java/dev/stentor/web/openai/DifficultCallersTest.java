package dev.stentor.web.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stentor.testing.ScriptedEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Tests of clients that disconnect, or read slowly, or not at all. */
class DifficultCallersTest {

    private static final String PCM = "{\"input\":\"Hello\",\"response_format\":\"pcm\"}";

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"pcm", "wav", "opus", "mp3"})
    void aCallerThatHangsUpEndsTheSpeech(String format) throws IOException {
        var engine = ScriptedEngine.of(_ -> Flux.concat(Flux.just(ByteBuffer.allocate(960)), Flux.never()));
        try (var server = new SpeechServer(engine)) {
            try (var caller = new Caller(
                    server.port(), "HTTP/1.1", "{\"input\":\"Hi\",\"response_format\":\"" + format + "\"}")) {
                assertThat(caller.readUntil("\r\n\r\n")).contains("HTTP/1.1 200 OK");
                assertThat(engine.cancellations()).isZero();
            }
            await().until(() -> engine.cancellations() == 1);
        }
    }

    @Test
    void aCallerThatHangsUpBeforeTheFirstSoundEndsTheSpeechToo() throws IOException {
        var engine = ScriptedEngine.of(_ -> Flux.never());
        try (var server = new SpeechServer(engine)) {
            try (var _ = new Caller(server.port(), "HTTP/1.1", PCM)) {
                await().until(() -> engine.requests().size() == 1);
            }
            await().until(() -> engine.cancellations() == 1);
        }
    }

    @Test
    void aCallerThatDoesNotReadHoldsTheEngineBack() throws IOException {
        var made = new AtomicLong();
        var engine = ScriptedEngine.of(_ -> endless(made));
        try (var server = new SpeechServer(engine);
                var caller = new Caller(server.port(), "HTTP/1.1", PCM)) {
            assertThat(caller.readUntil("\r\n\r\n")).contains("200 OK");
            await().during(Duration.ofMillis(300)).until(() -> made.get() <= 4);
        }
    }

    @Test
    void aCallerThatNeverReadsIsCutOff() throws IOException {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        var engine = ScriptedEngine.of(_ -> endless(new AtomicLong()));
        try (var server = new SpeechServer(engine, time);
                var caller = new Caller(server.port(), "HTTP/1.1", PCM)) {
            await().until(() -> {
                time.advanceTimeBy(Duration.ofMillis(1)); // the body is parsed by the scheduler that measures time
                return engine.requests().size() == 1;
            });
            assertThat(caller.readUntil("\r\n\r\n")).contains("200 OK");
            await().during(Duration.ofMillis(200)).until(() -> engine.requested() <= 4);
            time.advanceTimeBy(Duration.ofMinutes(4));
            assertThat(engine.cancellations()).isZero();
            time.advanceTimeBy(Duration.ofMinutes(1));
            await().until(() -> engine.cancellations() == 1);
        }
    }

    /** Returns endless buffers of at least two seconds, more than the sockets here hold; made off the event loop. */
    private static Flux<ByteBuffer> endless(AtomicLong made) {
        return Flux.<ByteBuffer>generate(sink -> {
                    made.incrementAndGet();
                    sink.next(ByteBuffer.allocate(128_000).asReadOnlyBuffer());
                })
                .subscribeOn(Schedulers.parallel());
    }
}
