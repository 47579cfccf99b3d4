package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.ScriptedEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Tests of clients that disconnect, read slowly or not at all, and of engines that let a client wait. */
class DifficultClientsTest {

    private static final String HELLO = "{\"model\":\"m\",\"input\":{\"text\":\"Hello\"}}";

    /** Two seconds of sound: a frame of 128 KB, beyond what the sockets between two processes hold here. */
    private static final int LONG = 96_000;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    @Test
    void aClientThatHangsUpEndsTheSpeech() throws IOException {
        var engine = ScriptedEngine.of(_ -> Flux.concat(Flux.just(ByteBuffer.allocate(960)), Flux.never()));
        try (var server = new LoopbackServer(engine)) {
            try (var client = new RawClient(server.port(), HELLO)) {
                assertThat(client.readUntil("\n\n")).contains("HTTP/1.1 200 OK", "event:result");
                assertThat(engine.cancellations()).isZero();
            }
            await().until(() -> engine.cancellations() == 1);
        }
    }

    @Test
    void aClientThatHangsUpBeforeTheFirstSoundEndsTheSpeechToo() throws IOException {
        var engine = ScriptedEngine.of(_ -> Flux.never());
        try (var server = new LoopbackServer(engine)) {
            try (var _ = new RawClient(server.port(), HELLO)) {
                await().until(() -> engine.requests().size() == 1);
            }
            await().until(() -> engine.cancellations() == 1);
        }
    }

    @Test
    void aClientThatHangsUpWhileASlowFrameIsOnItsWayEndsTheSpeech() throws IOException {
        var engine = ScriptedEngine.of(_ -> endless(new AtomicLong(), LONG));
        try (var server = new LoopbackServer(engine)) {
            try (var client = new RawClient(server.port(), HELLO)) {
                assertThat(client.readUntil("event:result")).contains("id:1");
            }
            await().until(() -> engine.cancellations() == 1);
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsTheEngineBack() throws IOException {
        var made = new AtomicLong();
        var engine = ScriptedEngine.of(_ -> endless(made, LONG));
        try (var server = new LoopbackServer(engine);
                var client = new RawClient(server.port(), HELLO)) {
            assertThat(client.readUntil("event:result")).contains("id:1");
            await().during(Duration.ofMillis(300)).until(() -> engine.requested() <= 4 && made.get() <= 4);
            long before = made.get();
            assertThat(client.readUntil("id:5")).isNotEmpty();
            assertThat(made.get()).isGreaterThan(before).isBetween(5L, 9L);
        }
    }

    @Test
    void smallFramesAreHeldBackToo() throws IOException {
        var made = new AtomicLong();
        var engine = ScriptedEngine.of(_ -> endless(made, 960));
        try (var server = new LoopbackServer(engine);
                var client = new RawClient(server.port(), HELLO)) {
            assertThat(client.readUntil("event:result")).contains("id:1");
            await().during(Duration.ofMillis(300)).until(() -> made.get() < 80);
        }
    }

    @Test
    void aClientThatNeverReadsIsCutOff() throws IOException {
        var engine = ScriptedEngine.of(_ -> endless(new AtomicLong(), LONG));
        try (var server = new LoopbackServer(engine, DashScopeLimits.DEFAULT, time);
                var client = new RawClient(server.port(), HELLO)) {
            assertThat(client.readUntil("event:result")).contains("id:1");
            await().during(Duration.ofMillis(200)).until(() -> engine.requested() <= 4);
            time.advanceTimeBy(Duration.ofMinutes(4));
            assertThat(engine.cancellations()).isZero();
            time.advanceTimeBy(Duration.ofMinutes(1));
            await().until(() -> engine.cancellations() == 1);
            assertThat(client.readToEnd()).isLessThan(10_000_000);
        }
    }

    @Test
    void aSilentEngineIsBridgedByComments() throws IOException {
        Sinks.Many<ByteBuffer> voice = Sinks.many().unicast().onBackpressureBuffer();
        var engine = ScriptedEngine.of(_ -> voice.asFlux());
        try (var server = new LoopbackServer(engine, DashScopeLimits.DEFAULT, time);
                var client = new RawClient(server.port(), HELLO)) {
            await().until(() -> engine.requests().size() == 1);
            time.advanceTimeBy(Duration.ofSeconds(15));
            assertThat(client.readUntil(": ping\n\n"))
                    .startsWith("HTTP/1.1 200 OK")
                    .contains("text/event-stream")
                    .doesNotContain("event:");
            time.advanceTimeBy(Duration.ofSeconds(15));
            assertThat(client.readUntil(": ping\n\n")).doesNotContain("event:");
            voice.emitNext(ByteBuffer.allocate(2), Sinks.EmitFailureHandler.FAIL_FAST);
            assertThat(client.readUntil("\n\n")).contains("id:1\nevent:result").doesNotContain("ping");
            voice.emitComplete(Sinks.EmitFailureHandler.FAIL_FAST);
            assertThat(client.readUntil("\r\n0\r\n\r\n")).contains("id:2\nevent:result", "\"stop\"");
        }
    }

    @Test
    void aFailureAfterTheFirstCommentIsAFrame() throws IOException {
        Sinks.One<ByteBuffer> voice = Sinks.one();
        var engine = ScriptedEngine.of(_ -> voice.asMono().flux());
        try (var server = new LoopbackServer(engine, DashScopeLimits.DEFAULT, time);
                var client = new RawClient(server.port(), HELLO)) {
            await().until(() -> engine.requests().size() == 1);
            time.advanceTimeBy(Duration.ofSeconds(15));
            assertThat(client.readUntil(": ping\n\n")).contains("200 OK");
            voice.emitError(
                    new SpeechException(new SpeechFailure.Silent(Duration.ofSeconds(20), 0)),
                    Sinks.EmitFailureHandler.FAIL_FAST);
            assertThat(client.readUntil("\r\n0\r\n\r\n"))
                    .contains(
                            "id:1\nevent:error\n:HTTP_STATUS/504\nstatus:504\ndata:{\"code\":\"InternalError.Timeout\"");
        }
    }

    /** Returns endless sound that is made on demand, off the event loop, as by a real engine. */
    private static Flux<ByteBuffer> endless(AtomicLong made, int bytes) {
        return Flux.<ByteBuffer>generate(sink -> {
                    made.incrementAndGet();
                    sink.next(ByteBuffer.allocate(bytes).asReadOnlyBuffer());
                })
                .subscribeOn(Schedulers.parallel());
    }
}
