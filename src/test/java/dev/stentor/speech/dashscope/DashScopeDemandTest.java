package dev.stentor.speech.dashscope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.Signals;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Demand on the network: an unread answer stops the sender, and silence ends a speech that is read. */
class DashScopeDemandTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void anUnreadStreamStopsTheSenderAndDemandMovesItOn() throws IOException {
        var flood = new Flood(2_000);
        try (var server = ScriptedServer.playing(flood);
                var engine = Stage.engine(server.baseUrl(), Schedulers.parallel())) {
            long[] written = new long[2];
            StepVerifier.create(engine.speak(SpeechRequest.of("A flood.")).audio(), 0)
                    .thenRequest(1)
                    .expectNextCount(1)
                    .then(() -> written[0] = flood.writtenWhenBlocked())
                    .thenRequest(500)
                    .expectNextCount(500)
                    .then(() -> written[1] = flood.writtenWhenBlocked())
                    .thenRequest(Long.MAX_VALUE)
                    .expectNextCount(1_499)
                    .expectComplete()
                    .verify(LIMIT);
            assertThat(written[0]).isBetween((long) Flood.EVENT.length, 512L << 10);
            assertThat(written[1] - 500L * Flood.EVENT.length).isBetween((long) Flood.EVENT.length, 512L << 10);
        }
    }

    @Test
    void silenceIsToldOnlyToWhoAskedForSound() throws IOException, InterruptedException {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        ScriptedServer.Script script = connection -> {
            connection.readRequest();
            connection.write(Wire.chunked() + Wire.chunk(Wire.result(Wire.sound(Wire.SOUND))));
            connection.awaitClosed();
        };
        try (var server = ScriptedServer.playing(script);
                var engine = Stage.engine(server.baseUrl(), time)) {
            StepVerifier.create(engine.speak(SpeechRequest.of("Silence.")).audio(), 0)
                    .thenRequest(1)
                    .expectNextCount(1)
                    .then(() -> time.advanceTimeBy(Duration.ofDays(1)))
                    .thenRequest(1)
                    .then(() -> time.advanceTimeBy(Stage.SILENCE))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    SpeechException.class,
                                    failed -> assertThat(failed.failure())
                                            .isEqualTo(new SpeechFailure.Silent(Stage.SILENCE, 480))))
                    .verify(LIMIT);
            assertThat(server.clientLeft()).isTrue();
        } finally {
            time.dispose();
        }
    }

    @Test
    void aServiceThatAnswersNothingIsSilentToo() throws IOException, InterruptedException {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        try (var server = ScriptedServer.playing(ScriptedServer.Connection::awaitClosed);
                var engine = Stage.engine(server.baseUrl(), time)) {
            StepVerifier.create(engine.speak(SpeechRequest.of("Silence.")).audio())
                    .then(() -> time.advanceTimeBy(Stage.SILENCE))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    SpeechException.class,
                                    failed -> assertThat(failed.failure())
                                            .isEqualTo(new SpeechFailure.Silent(Stage.SILENCE, 0))))
                    .verify(LIMIT);
        } finally {
            time.dispose();
        }
    }

    @Test
    void commentsAreASignOfLifeOnlyForAWhile() throws IOException, InterruptedException {
        VirtualTimeScheduler time = VirtualTimeScheduler.create();
        ScriptedServer.Script script = connection -> {
            connection.readRequest();
            connection.write(Wire.chunked());
            while (true) {
                connection.write(Wire.chunk(": still working\n\n"));
            }
        };
        var failure = new AtomicReference<Throwable>();
        try (var server = ScriptedServer.playing(script);
                var engine = Stage.engine(server.baseUrl(), time)) {
            var listening = engine.speak(SpeechRequest.of("Comments.")).audio().subscribe(_ -> {}, failure::set);
            Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> {
                time.advanceTimeBy(Stage.SILENCE.dividedBy(10));
                return failure.get() != null;
            });
            assertThat(failure.get()).hasMessageStartingWith("UpstreamSilent");
            listening.dispose();
        } finally {
            time.dispose();
        }
    }

    /** A server that sends as fast as the client lets it, and reports each time that it had to wait. */
    private static final class Flood implements ScriptedServer.Script {

        private static final byte[] EVENT =
                Wire.result(Wire.sound(Signals.selfIndexing(4_800))).getBytes(UTF_8);
        private static final int BLOCKED_MILLIS = 300;

        private final int events;
        private final BlockingQueue<Long> blocked = new LinkedBlockingQueue<>();
        private long written;

        Flood(int events) {
            this.events = events;
        }

        /** Number of bytes of events that the socket took before it was full. */
        long writtenWhenBlocked() {
            try {
                Long bytes = blocked.poll(10, TimeUnit.SECONDS);
                assertThat(bytes).isNotNull();
                return bytes;
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }

        @Override
        public void play(ScriptedServer.Connection connection) throws IOException {
            connection.readRequest();
            connection.write(Wire.head(200, "text/event-stream", "Connection: close\r\n"));
            SocketChannel channel = connection.channel();
            channel.setOption(StandardSocketOptions.SO_SNDBUF, 16 << 10);
            channel.configureBlocking(false);
            try (Selector selector = Selector.open()) {
                channel.register(selector, SelectionKey.OP_WRITE);
                for (int i = 0; i < events; i++) {
                    send(channel, selector, EVENT);
                }
                send(channel, selector, Wire.result(Wire.STOP).getBytes(UTF_8));
            }
        }

        private void send(SocketChannel channel, Selector selector, byte[] bytes) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                int taken = channel.write(rest);
                written += taken;
                if (taken == 0 && writable(selector) == 0) {
                    blocked.add(written);
                    while (channel.isOpen() && writable(selector) == 0) {}
                }
            }
        }

        private static int writable(Selector selector) throws IOException {
            int ready = selector.select(BLOCKED_MILLIS);
            selector.selectedKeys().clear();
            return ready;
        }
    }
}
