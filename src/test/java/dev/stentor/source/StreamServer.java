package dev.stentor.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.ResamplerPreset;
import dev.stentor.mix.Input;
import dev.stentor.source.SoundStream.State;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** An HTTP server for streams on the loopback, the streams that read from it, and counts of what happened to them. Thread-safe. */
final class StreamServer implements AutoCloseable {

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger stalled = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicLong faulty = new AtomicLong();
    private final SourceStats stats = new SourceStats() {
        @Override
        public void stalled() {
            stalled.incrementAndGet();
        }

        @Override
        public void refused() {
            refused.incrementAndGet();
        }

        @Override
        public void faulty(long samples) {
            faulty.addAndGet(samples);
        }
    };
    private volatile DisposableServer server =
            HttpServer.create().host("127.0.0.1").port(0).bindNow();
    private volatile Duration stall = Duration.ofSeconds(10);

    @Override
    public void close() {
        server.disposeNow();
    }

    /** Starts the server anew, on another port, with this answer to each request. */
    void serve(BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answer) {
        server.disposeNow();
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle((request, response) -> {
                    calls.incrementAndGet();
                    return answer.apply(request, response);
                })
                .bindNow();
    }

    /** Sets how long the streams that are made from now on may get nothing. */
    void stallAfter(Duration limit) {
        stall = limit;
    }

    SoundStreams streams() {
        return streams("/");
    }

    /** Creates the streams of this server that may be fetched from addresses that begin with this path. */
    SoundStreams streams(String below) {
        return new SoundStreams(
                new StreamRules(List.of(at(below)), Set.of("127.0.0.1")), settings(), stats, Schedulers.parallel());
    }

    StreamSettings settings() {
        return new StreamSettings(
                Duration.ofSeconds(2), stall, Duration.ofMillis(20), Duration.ofMillis(50), ResamplerPreset.HQ);
    }

    SourceStats stats() {
        return stats;
    }

    URI at(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    int port() {
        return server.port();
    }

    /** Returns the number of requests that reached the server. */
    int calls() {
        return calls.get();
    }

    /** Returns how often a stream was counted as stalled. */
    int stalled() {
        return stalled.get();
    }

    /** Returns how often an address was counted as refused. */
    int refused() {
        return refused.get();
    }

    /** Returns the number of samples that were counted because they are no numbers. */
    long faulty() {
        return faulty.get();
    }

    static Flux<byte[]> parts(byte[] bytes, int size) {
        return Flux.range(0, (bytes.length + size - 1) / size)
                .map(n -> Arrays.copyOfRange(bytes, n * size, Math.min(bytes.length, (n + 1) * size)));
    }

    /** Polls every millisecond: a tenth of a second for each frame would be a minute for a stream. */
    private static ConditionFactory soon() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    /** Plays a stream that counts upwards, each frame when it is there, and returns how far it counted, in samples. */
    static int played(SoundStream stream) {
        float[] frame = new float[480];
        int count = 0;
        while (true) {
            soon().until(() -> hasFrame(stream) || stream.status().state() == State.ENDED);
            if (!hasFrame(stream)) {
                soon().during(Duration.ofMillis(40)).until(() -> true);
            }
            boolean whole = hasFrame(stream);
            int left = stream.counters().bufferedSamples();
            Input.Given given = stream.read(frame);
            for (int i = 0; i < Math.min(left, 480); i++) {
                int expected = 1 + count % 30_000;
                if (count++ >= 120) { // behind the fade
                    assertThat(frame[i]).isEqualTo(expected / 32_768f);
                }
            }
            if (!whole) {
                assertThat(given).isEqualTo(Input.Given.END);
                return count;
            }
        }
    }

    private static boolean hasFrame(SoundStream stream) {
        return stream.counters().bufferedSamples() >= (stream.counters().buffering() ? 7_200 : 480);
    }
}
