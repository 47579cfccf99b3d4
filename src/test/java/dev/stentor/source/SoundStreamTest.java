package dev.stentor.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stentor.audio.ResamplerPreset;
import dev.stentor.mix.Input;
import dev.stentor.source.SoundStream.State;
import io.netty.buffer.Unpooled;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

class SoundStreamTest {

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger stalled = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private DisposableServer server =
            HttpServer.create().host("127.0.0.1").port(0).bindNow();
    private Duration stall = Duration.ofSeconds(10);

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

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void aStreamIsPlayedToItsEndWithoutLosingASample() {
        serve((request, response) -> response.sendByteArray(parts(Wavs.endless(200_000), 7_001)));
        SoundStream stream = streams().open(at("/a.wav"), () -> false, false);
        assertThat(played(stream)).isEqualTo(200_000);
        assertThat(stream.status().state()).isEqualTo(State.ENDED);
    }

    /** The server is read only as fast as the stage plays. */
    @Test
    void demandStopsWhenThereIsNoRoom() {
        AtomicInteger sent = new AtomicInteger();
        serve((request, response) -> response.send(
                parts(Wavs.endless(24_000 * 600), 48_000)
                        .doOnNext(_ -> sent.incrementAndGet())
                        .map(Unpooled::wrappedBuffer),
                _ -> true));
        SoundStream stream = streams().open(at("/a.wav"), () -> false, false);
        Awaitility.await().until(() -> stream.counters().bufferedSamples() > 24_000 * 4);
        Awaitility.await().during(Duration.ofMillis(300)).until(() -> sent.get() < 400);
        assertThat(stream.counters().bufferedSamples()).isLessThanOrEqualTo(24_000 * 5);
        stream.close();
    }

    @Test
    void plainSamplesAreReadByTheirMediaType() {
        byte[] big = new byte[2 * 24_000];
        for (int i = 0; i < 24_000; i++) {
            big[2 * i] = 0x12;
            big[2 * i + 1] = 0x34;
        }
        serve((request, response) -> response.header("Content-Type", "audio/L16; rate=24000; channels=1")
                .sendByteArray(parts(big, 999)));
        SoundStream stream = streams().open(at("/a"), () -> false, false);
        float[] frame = firstSound(stream);
        assertThat(frame[200]).isEqualTo(0x1234 / 32_768f);
        stream.close();
    }

    @Test
    void aStreamThatBreaksOffIsFetchedAgain() {
        serve((request, response) -> response.sendByteArray(parts(Wavs.endless(24_000), 8_000)));
        SoundStream stream = streams().open(at("/a.wav"), () -> true, false);
        Awaitility.await().until(() -> calls.get() >= 3 && stream.status().reconnects() >= 2);
        stream.close();
        int before = calls.get();
        Awaitility.await().during(Duration.ofMillis(200)).until(() -> calls.get() <= before + 1);
    }

    @Test
    void aStreamThatIsNotToGoOnEndsWhereItBreaksOffNext() {
        serve((request, response) -> response.sendByteArray(parts(Wavs.endless(24_000), 8_000)));
        var goesOn = new AtomicBoolean(true);
        SoundStream stream = streams().open(at("/a.wav"), goesOn::get, false);
        Awaitility.await().until(() -> stream.status().reconnects() >= 1);
        goesOn.set(false);
        Awaitility.await().until(() -> stream.status().state() == State.ENDED);
        stream.close();
    }

    @Test
    void samplesThatAreNoNumbersAreSilencedAndCounted() {
        ByteBuffer wav = ByteBuffer.allocate(44 + 4 * 24_000).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + 4 * 24_000);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 3);
        wav.putShort((short) 1)
                .putInt(24_000)
                .putInt(96_000)
                .putShort((short) 4)
                .putShort((short) 32);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(4 * 24_000);
        for (int i = 0; i < 24_000; i++) {
            wav.putFloat(i % 1_000 == 0 ? Float.NaN : 0.1f);
        }
        serve((request, response) -> response.sendByteArray(parts(wav.array(), 7_001)));
        SoundStream stream = streams().open(at("/a.wav"), () -> false, false);
        Awaitility.await().until(() -> stream.status().faultySamples() == 24);
        assertThat(faulty.get()).isEqualTo(24);
        stream.close();
    }

    @Test
    void aStreamThatStallsIsCountedAndFetchedAgainAndSilentMeanwhile() {
        stall = Duration.ofMillis(150);
        serve((request, response) -> response.send(
                Flux.just(Unpooled.wrappedBuffer(Wavs.endless(2_400))).concatWith(Mono.never()), _ -> true));
        SoundStream stream = streams().open(at("/a.wav"), () -> true, false);
        Awaitility.await().until(() -> stream.status().stalls() >= 2);
        assertThat(stalled.get()).isGreaterThanOrEqualTo(2);
        assertThat(stream.status().problem()).isEqualTo("The stream gave nothing for too long.");
        float[] frame = new float[480];
        assertThat(stream.read(frame)).isNotEqualTo(Input.Given.END);
        stream.close();
    }

    @Test
    void redirectsAreFollowedWithinTheList() {
        serve((request, response) -> request.uri().equals("/allowed/a")
                ? response.sendRedirect("/allowed/b.wav")
                : response.sendByteArray(parts(Wavs.endless(24_000), 8_000)));
        SoundStream stream = streams("/allowed/").open(at("/allowed/a"), () -> false, false);
        assertThat(played(stream)).isEqualTo(24_000);
        assertThat(calls.get()).isEqualTo(2);
    }

    @Test
    void aRedirectOutOfTheListIsRefused() {
        serve((request, response) -> response.sendRedirect("/elsewhere/b.wav"));
        SoundStream stream = streams("/allowed/").open(at("/allowed/a"), () -> true, false);
        Awaitility.await().until(() -> stream.status().state() == State.FAILED);
        assertThat(stream.status().problem()).contains("not allowed");
        assertThat(calls.get()).isEqualTo(1);
        assertThat(refused.get()).isEqualTo(1);
    }

    @Test
    void redirectsWithoutEndAreGivenUp() {
        serve((request, response) -> response.sendRedirect("/a.wav"));
        SoundStream stream = streams().open(at("/a.wav"), () -> true, false);
        Awaitility.await().until(() -> stream.status().state() == State.FAILED);
        assertThat(calls.get()).isEqualTo(6);
    }

    /** Allowed by its name, but what the name resolves to is this machine; as a name would that was made to change its address. */
    @Test
    void anAddressOfAPrivateNetworkIsRefusedThoughItsNameIsAllowed() {
        for (String host : List.of("127.0.0.1", "localhost")) {
            int before = refused.get();
            var rules = new StreamRules(List.of(URI.create("http://" + host + ":" + server.port())), Set.of());
            SoundStream stream = new SoundStreams(rules, settings(), stats, Schedulers.parallel())
                    .open(URI.create("http://" + host + ":" + server.port() + "/a.wav"), () -> true, false);
            Awaitility.await().until(() -> stream.status().state() == State.FAILED);
            assertThat(stream.status().problem()).contains("private network");
            assertThat(refused.get()).isEqualTo(before + 1);
            assertThat(calls.get()).isZero();
        }
    }

    @Test
    void whatIsNotOnTheListIsRefusedAtOnce() {
        assertThatExceptionOfType(SourceException.class)
                .isThrownBy(() -> streams("/allowed/").open(at("/other"), () -> true, false))
                .withMessageContaining("gateway.sources.allow");
    }

    @Test
    void whatIsNoSoundOrNotThereFailsForGoodAndSaysWhy() {
        serve((request, response) -> switch (request.uri()) {
            case "/missing" -> response.sendNotFound();
            case "/300k.wav" -> response.sendByteArray(Mono.just(tooFast()));
            default -> response.sendString(Mono.just("<html>no sound here at all</html>"));
        });
        assertFails("/missing", "404");
        assertFails("/300k.wav", "300000");
        assertFails("/page", "WAV and Ogg-Opus are taken");
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() {
        URI address = at("/a.wav");
        server.disposeNow();
        SoundStream stream = streams().open(address, () -> true, false);
        Awaitility.await().until(() -> stream.status().reconnects() >= 2);
        assertThat(stream.status().state()).isEqualTo(State.WAITING);
        stream.close();
    }

    private void assertFails(String path, String words) {
        SoundStream stream = streams().open(at(path), () -> true, false);
        Awaitility.await().until(() -> stream.status().state() == State.FAILED);
        assertThat(stream.status().problem()).contains(words);
        stream.close();
    }

    private static byte[] tooFast() {
        byte[] wav = Wavs.endless(100);
        wav[24] = (byte) 0xE0; // 300,000
        wav[25] = (byte) 0x93;
        wav[26] = 4;
        return wav;
    }

    private void serve(BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> answer) {
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

    private SoundStreams streams() {
        return streams("/");
    }

    private SoundStreams streams(String below) {
        return new SoundStreams(
                new StreamRules(List.of(at(below)), Set.of("127.0.0.1")), settings(), stats, Schedulers.parallel());
    }

    private StreamSettings settings() {
        return new StreamSettings(
                Duration.ofSeconds(2), stall, Duration.ofMillis(20), Duration.ofMillis(50), ResamplerPreset.HQ);
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static Flux<byte[]> parts(byte[] bytes, int size) {
        return Flux.range(0, (bytes.length + size - 1) / size)
                .map(n -> java.util.Arrays.copyOfRange(bytes, n * size, Math.min(bytes.length, (n + 1) * size)));
    }

    private static float[] firstSound(Input input) {
        float[] frame = new float[480];
        Awaitility.await().until(() -> input.read(frame) == Input.Given.SOUND);
        return frame;
    }

    /** Looks often: a tenth of a second for each frame would be a minute for a stream. */
    private static ConditionFactory soon() {
        return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    /** Plays a stream that counts upwards, each frame when it is there, and gives how far it counted. */
    private static int played(SoundStream stream) {
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
