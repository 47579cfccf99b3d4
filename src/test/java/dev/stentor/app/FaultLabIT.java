package dev.stentor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.archive.Archive;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import dev.stentor.speech.upstream.CallStats;
import dev.stentor.testing.Heard;
import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.ScriptedServer.Script;
import dev.stentor.testing.Signals;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/**
 * A service over real HTTP that misbehaves in every way that we could think of, behind the whole stack with its archive. Each test says
 * what the listener got. After each the only place for a call is free again, and nothing but whole sound is in the archive.
 */
class FaultLabIT {

    private static final SpeechRequest TEXT = SpeechRequest.of("Ten letters and some more.");
    private static final byte[] SOUND = Signals.selfIndexing(2_400);
    private static final byte[] HALF = Arrays.copyOf(SOUND, 2_400);
    /** One second, and 100 ms for each character. */
    private static final int BOUND_BYTES = 48_000 + 4_800 * TEXT.text().length();

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
    private static final Script GOOD = connection -> connection.write(whole());

    @TempDir
    private Path folder;

    private volatile Script fault = GOOD;
    private ScriptedServer cloud;
    private Engine engine;
    private Archiving archiving;
    private EngineStack stack;

    @BeforeEach
    void start() {
        cloud = ScriptedServer.playing(connection -> {
            while (true) {
                connection.readRequest();
                fault.play(connection);
            }
        });
        GatewayProperties properties = Bound.bind(Map.of(
                "gateway.engine", "upstreams",
                "gateway.dashscope.silence", "3s",
                "gateway.sound.base", "1s",
                "gateway.sound.per-character", "100ms",
                "gateway.upstreams[0].name", "cloud",
                "gateway.upstreams[0].base-url", cloud.baseUrl().toString(),
                "gateway.upstreams[0].api-key", "sk-lab",
                "gateway.upstreams[0].max-concurrent", "1",
                "gateway.upstreams[0].requests-per-second", "0",
                "gateway.upstreams[0].tries", "1"));
        var settings = new ArchiveProperties(folder, Duration.ofHours(1), DataSize.ofMegabytes(64), null, "", 2_000);
        archiving = Archiving.of(settings, null, new SimpleMeterRegistry());
        engine = Engine.of(properties, () -> "lab");
        stack = EngineStack.of(properties, engine, archiving, () -> {}, CallStats.NONE);
    }

    @AfterEach
    void theGatewayIsAsBefore() throws IOException {
        fault = GOOD;
        int files = archiveFiles();
        Heard after = Heard.of(stack.wholeTexts().speak(SpeechRequest.of("After the fault.")), () -> {});
        assertThat(after.failure()).isNull();
        assertThat(after.audio()).isEqualTo(SOUND);
        assertThat(Objects.requireNonNull(after.receipt()).file()).isInstanceOf(WholeFile.Archived.class);
        assertThat(archiveFiles()).isEqualTo(files + 1);
        engine.close();
        archiving.close();
        cloud.close();
    }

    @Test
    void anAnswerThatComesByteByByteIsWhole() {
        fault = connection -> {
            for (byte one : whole().getBytes(UTF_8)) {
                connection.write(new byte[] {one});
            }
        };
        Heard heard = heard();
        assertThat(heard.failure()).isNull();
        assertThat(heard.audio()).isEqualTo(SOUND);
        assertThat(archiveFiles()).isEqualTo(1);
    }

    @Test
    void anAnswerThatStallsGivesWhatCameAndEndsAfterTheSilence() throws InterruptedException {
        fault = connection -> {
            connection.write(CHUNKED + chunk(event(HALF)));
            connection.awaitClosed();
        };
        assertLost(HALF, "UpstreamSilent");
        assertThat(cloud.clientLeft()).isTrue();
    }

    @Test
    void anAnswerThatIsCutGivesWhatCame() {
        fault = connection -> {
            connection.write(CHUNKED + chunk(event(HALF)) + "2000\r\nid:2\nevent:res");
            connection.channel().shutdownOutput();
            connection.awaitClosed();
        };
        assertLost(HALF, "UpstreamTruncated");
    }

    @Test
    void garbageInPlaceOfEventsIsNoSound() {
        byte[] noise = new byte[20_000];
        new Random(14).nextBytes(noise);
        fault = connection -> {
            connection.write(HEAD + "Content-Length: 20000\r\n\r\n");
            connection.write(noise);
        };
        assertLost(new byte[0], null);
    }

    @Test
    void garbageInPlaceOfHttpIsNoSound() {
        fault = connection -> {
            connection.write("\u0000\u0001 this is no HTTP\r\n\r\n");
            connection.awaitClosed();
        };
        assertLost(new byte[0], null);
    }

    @Test
    void soundWithoutAnEndIsCutAtTheBoundOfTheText() throws InterruptedException {
        fault = connection -> {
            connection.write(CHUNKED);
            try {
                while (true) {
                    connection.write(chunk(event(SOUND)));
                }
            } catch (IOException left) {
                connection.awaitClosed();
            }
        };
        byte[] most = new byte[BOUND_BYTES];
        for (int at = 0; at < most.length; at += SOUND.length) {
            System.arraycopy(SOUND, 0, most, at, Math.min(SOUND.length, most.length - at));
        }
        assertLost(most, "SoundTooLong");
    }

    @Test
    void anEventWithoutAnEndIsNotCollected() {
        String line = "x".repeat(60_000);
        fault = connection -> {
            connection.write(CHUNKED + chunk("data:"));
            while (true) {
                connection.write(chunk(line));
            }
        };
        assertLost(new byte[0], "UpstreamMalformed");
    }

    @Test
    void aCompressedBombIsNotUnpacked() throws IOException {
        var bomb = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(bomb)) {
            packed.write(new byte[64 << 20]);
        }
        fault = connection -> {
            connection.write(HEAD + "Content-Encoding: gzip\r\nConnection: close\r\n\r\n");
            while (true) {
                connection.write(bomb.toByteArray());
            }
        };
        assertLost(new byte[0], "UpstreamMalformed");
    }

    @Test
    void aStormOf429LosesNoTextSilently() {
        var requests = new AtomicInteger();
        fault = connection -> {
            boolean busy = requests.incrementAndGet() % 2 == 1;
            connection.write(busy ? throttled() : whole());
        };
        List<Heard> all = Objects.requireNonNull(Flux.range(0, 40)
                .flatMap(
                        number -> Flux.defer(() -> Flux.just(Heard.of(
                                        stack.oneRequest().speak(SpeechRequest.of("Text " + number)), () -> {})))
                                .subscribeOn(Schedulers.boundedElastic()),
                        8)
                .collectList()
                .block(Duration.ofSeconds(60)));
        assertThat(all).hasSize(40).allSatisfy(heard -> {
            if (heard.failure() == null) {
                assertThat(heard.audio()).isEqualTo(SOUND);
            } else {
                assertThat(heard.failure()).isInstanceOf(SpeechFailure.Throttled.class);
                assertThat(heard.audio()).isEmpty();
            }
        });
        assertThat(all.stream().filter(heard -> heard.failure() == null)).hasSize(20);
        assertThat(requests).as("one try each").hasValue(40);
        assertThat(archiveFiles()).isEqualTo(20);
    }

    private Heard heard() {
        return Heard.of(stack.wholeTexts().speak(TEXT), () -> {});
    }

    /**
     * Speaks a text that must fail after this sound, and must not be kept.
     *
     * @param code code of the failure; null if any will do
     */
    private void assertLost(byte[] sound, @Nullable String code) {
        Heard heard = heard();
        assertThat(heard.audio()).isEqualTo(sound);
        SpeechFailure failure = Objects.requireNonNull(heard.failure());
        if (code != null) {
            assertThat(failure.code()).isEqualTo(code);
        }
        assertThat(archiveFiles()).isZero();
        Awaitility.await().until(() -> archive().bytes() == 0);
    }

    private Archive archive() {
        return Objects.requireNonNull(archiving.archive()).archive();
    }

    private int archiveFiles() {
        return archive().files();
    }

    private static String whole() {
        String stop = "id:2\nevent:result\ndata:{\"output\":{\"finish_reason\":\"stop\"}}\n\n";
        return CHUNKED + chunk(event(SOUND)) + chunk(stop) + "0\r\n\r\n";
    }

    private static String throttled() {
        String body = "{\"code\":\"Throttling.RateQuota\",\"message\":\"Too fast.\"}";
        return "HTTP/1.1 429 Too Many\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    private static String event(byte[] sound) {
        return "id:1\nevent:result\ndata:{\"output\":{\"audio\":{\"data\":\""
                + Base64.getEncoder().encodeToString(sound) + "\"},\"finish_reason\":\"null\"}}\n\n";
    }

    private static String chunk(String body) {
        return Integer.toHexString(body.getBytes(UTF_8).length) + "\r\n" + body + "\r\n";
    }
}
