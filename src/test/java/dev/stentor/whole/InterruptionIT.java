package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Test of the finished jar when speech is interrupted and paused: the output of a real browser's player, and the bytes that a
 * slow socket still gets.
 */
class InterruptionIT {

    private static final String FIRST =
            "Hear the herald, who has a great deal to say this evening, and who says it slowly, "
                    + "so that anybody may interrupt him in the middle of a sentence, which he takes in good part.";
    private static final String SECOND = "Yes, please go on.";
    private static final String HELD = "He may be held in the middle of a sentence, too, and goes on where he was.";
    /** Bytes that a listener is sent in a second: fifty frames with both headers. */
    private static final double BYTES_PER_SECOND = 50 * (960 + 24 + 4);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private static Path out;
    private static GatewayProcess gateway;

    @BeforeAll
    static void start() throws Exception {
        out = Files.createDirectories(Path.of("target", "whole-way", "interruption"));
        // With the lead of a conversation, 100 ms, a busy machine has shortages, which are not what this is about.
        gateway = GatewayProcess.start(Map.of(), "--gateway.engine=local", "--gateway.channels.lead=500ms");
    }

    @AfterAll
    static void end() throws Exception {
        gateway.close();
        assertThat(gateway.log())
                .noneMatch(line -> line.contains("LEAK"))
                .noneMatch(line -> line.contains("herald"))
                .noneMatch(line -> line.contains(" ERROR "));
    }

    @Test
    void aPageFallsSilentAtOnceHearsTheNextOneWholeAndAPauseCostsNoSample() throws Exception {
        Path first = Files.write(out.resolve("first.pcm"), SynthesisCall.sound(gateway, FIRST, "Ethan"))
                .toAbsolutePath();
        Path second = Files.write(out.resolve("second.pcm"), SynthesisCall.sound(gateway, SECOND, "Ethan"))
                .toAbsolutePath();
        Path held = Files.write(out.resolve("held.pcm"), SynthesisCall.sound(gateway, HELD, "Ethan"))
                .toAbsolutePath();
        Path log = out.resolve("script.log");
        var process = new ProcessBuilder(
                        "node",
                        "test/browser/interrupt-script.mjs",
                        "GATEWAY_URL=" + gateway.http(""),
                        "OUT=" + out.toAbsolutePath(),
                        "FIRST=" + FIRST,
                        "FIRST_PCM=" + first,
                        "SECOND=" + SECOND,
                        "SECOND_PCM=" + second,
                        "HELD=" + HELD,
                        "HELD_PCM=" + held,
                        "VOICE=Ethan")
                .directory(Path.of("web-demo").toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();
        String said = Files.readString(log);
        assertThat(ended).as(said).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        JsonNode result = JSON.readTree(Files.readString(out.resolve("result.json")));
        assertThat(result.path("interrupted")).hasSize(3);
        assertThat(result.path("held").path("samples").asInt()).isEqualTo((int) Files.size(held) / 2);
    }

    /**
     * Checks with these buffers: 48 KB in the server's kernel, a parcel of 10 KB in its process, and in the client's kernel twice
     * the size that is asked for. All of them listen at the same time, each to a channel of its own.
     */
    @Test
    void whoReadsLateGetsNothingOldBeyondWhatItsSocketHeld() throws Exception {
        byte[] next = SynthesisCall.sound(gateway, SECOND, "Ethan");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> checks = Stream.of(
                            new LateReader("reads-all", 0, 0, 0, 1_000),
                            new LateReader("slow-reader", 0, 0, 1.2, 1_000),
                            new LateReader("stalled", 3, 0, 0, 1_000),
                            new LateReader("stalled-small", 3, 16_384, 0, 1_000),
                            new LateReader("stalled-slow", 3, 16_384, 1.2, 4_000))
                    .<Future<?>>map(reader -> threads.submit(() -> getsNothingOld(reader, next)))
                    .toList();
            assertAll(checks.stream().map(check -> check::get));
        }
    }

    /**
     * A listener that does not read at once what it is sent.
     *
     * @param stalledSeconds of sound that go by while it does not read
     * @param receiveBytes its kernel's buffer; 0 is the usual size
     * @param speed at which it reads, 1 is that of the sound; 0 is as fast as it can
     * @param limitMillis from the clear to the first message that is not old
     */
    private record LateReader(String channel, int stalledSeconds, int receiveBytes, double speed, int limitMillis) {}

    private static @Nullable Void getsNothingOld(LateReader reader, byte[] next) throws Exception {
        String channel = reader.channel();
        double speed = reader.speed();
        URI address = gateway.http("/v1/channels/" + channel);
        try (RawListener listener = RawListener.join(address, reader.receiveBytes())) {
            post(channel, "utterances", said((FIRST + " ").repeat(3)));
            if (speed > 0) {
                listener.throttle(speed * BYTES_PER_SECOND);
            }
            hear(listener, reader.stalledSeconds() > 0 ? 25 : 100);
            long stalledAt = pos(address);
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> pos(address) >= stalledAt + reader.stalledSeconds() * 24_000L);
            long askedNanos = System.nanoTime();
            post(channel, "clear", "{}");
            long answeredNanos = System.nanoTime();
            if (speed > 0 && reader.stalledSeconds() > 0) {
                listener.throttle(speed * BYTES_PER_SECOND);
            }
            int old = 0;
            RawListener.Message message = listener.next();
            for (; !message.is("clear"); message = listener.next()) {
                old += message.isSound() ? 1 : 0;
            }
            long silentMillis = (System.nanoTime() - askedNanos) / 1_000_000;
            var figures = JSON.createObjectNode()
                    .put("channel", channel)
                    .put("answered_ms", (answeredNanos - askedNanos) / 1_000_000)
                    .put("silent_ms", silentMillis)
                    .put("old_sound_ms", old * 20);
            Files.writeString(out.resolve(channel + ".json"), figures + "\n");
            assertThat(message.json().path("gen").asInt()).isEqualTo(2);
            assertThat(silentMillis).isLessThan(reader.limitMillis());
            if (reader.receiveBytes() > 0) {
                assertThat(old * BYTES_PER_SECOND / 50)
                        .isLessThan(48 * 1024 + 10 * 1024 + 2 * reader.receiveBytes() + 4_096);
            }
            post(channel, "utterances", said(SECOND));
            assertThat(soundUpToTheEnd(listener, next.length)).isEqualTo(next);
        }
        return null;
    }

    /** Reads a number of frames. */
    private static void hear(RawListener listener, int frames) throws IOException {
        for (int i = 0; i < frames; i++) {
            var _ = listener.await(RawListener.Message::isSound);
        }
    }

    /** Returns the sound up to the end of an utterance; no frame may be of an older generation. */
    private static byte[] soundUpToTheEnd(RawListener listener, int length) throws IOException {
        var sound = new ByteArrayOutputStream();
        RawListener.Message message = listener.next();
        for (; !message.json().path("reason").asString("").equals("done"); message = listener.next()) {
            if (message.isSound()) {
                assertThat(message.generation()).isEqualTo(2);
                sound.writeBytes(message.samples());
            }
        }
        assertThat(message.json().path("samples").asInt()).isEqualTo(length / 2);
        return Arrays.copyOf(sound.toByteArray(), length);
    }

    private static long pos(URI channel) throws Exception {
        var response = HTTP.send(HttpRequest.newBuilder(channel).build(), HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(response.body()).path("pos").asLong();
    }

    private static String said(String text) {
        return "{\"text\":\"" + text + "\",\"voice\":\"Ethan\"}";
    }

    private static void post(String channel, String what, String body) throws Exception {
        var response = HTTP.send(
                HttpRequest.newBuilder(gateway.http("/v1/channels/" + channel + "/" + what))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
    }
}
