package dev.stentor.web.sources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.ResamplerPreset;
import dev.stentor.audio.WavHeader;
import dev.stentor.broadcast.BroadcastSettings;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.BroadcastStats;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.Encoding;
import dev.stentor.broadcast.EncodingStats;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.ChannelStats;
import dev.stentor.channel.Channels;
import dev.stentor.clock.ClockThread;
import dev.stentor.codec.OpusSettings;
import dev.stentor.source.SoundLibrary;
import dev.stentor.source.SoundSettings;
import dev.stentor.source.SoundStreams;
import dev.stentor.source.SourceStats;
import dev.stentor.source.StreamRules;
import dev.stentor.source.StreamSettings;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestServer;
import dev.stentor.web.channels.ChannelsApi;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.Spool;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SourcesApiTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String LOBBY = "/v1/channels/lobby/";
    private static final String UNSPEAKABLE = "Nobody can say this.";
    private static final String BED = "{\"kind\": \"bed\", \"sound\": \"demo-bed\"}";

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicReference<@Nullable Throwable> fault = new AtomicReference<>();
    private final ClockThread clock = new ClockThread(fault::set);
    private final AtomicLong ids = new AtomicLong();

    @TempDir
    private Path folder;

    private Channels channels;
    private TestServer server;

    @BeforeEach
    void open() {
        var broadcasts = new Broadcasts(
                new BroadcastSettings(
                        Duration.ofSeconds(20), Duration.ofSeconds(3), LagPolicy.SKIP, Duration.ofSeconds(1), 10, "t"),
                new Encoding(Schedulers.parallel()::schedule, OpusSettings.SPEECH, EncodingStats.NONE),
                clock,
                PooledByteBufAllocator.DEFAULT,
                BroadcastStats.NONE);
        // Ten seconds of a steady sound for every text but one.
        ScriptedEngine engine = ScriptedEngine.of(request -> request.text().equals(UNSPEAKABLE)
                ? Flux.error(new SpeechException(new SpeechFailure.Unreachable("The service cannot be reached.")))
                : Flux.fromIterable(Signals.chunks(constant(), 4_800)));
        channels = new Channels(
                clock,
                engine,
                Schedulers.parallel(),
                ChannelSettings.conversation(),
                new Channels.Limits(5, Duration.ofSeconds(60)),
                broadcasts,
                () -> "u" + ids.incrementAndGet(),
                () -> 17,
                ChannelStats.NONE);
        var library = new SoundLibrary(
                new SoundSettings(
                        null, folder, 100_000, Duration.ofSeconds(60), 2, Duration.ofSeconds(60), ResamplerPreset.HQ),
                Schedulers.boundedElastic());
        var streams = new SoundStreams(
                new StreamRules(List.of(URI.create("http://127.0.0.1:9/allowed/")), Set.of()),
                StreamSettings.standard(ResamplerPreset.HQ),
                SourceStats.NONE,
                Schedulers.parallel());
        var bodies = new JsonBody(100_000, Schedulers.parallel());
        var spool = new Spool(2, Duration.ofSeconds(5), Schedulers.boundedElastic(), Schedulers.parallel());
        server = new TestServer(
                new SourcesApi(channels, library, streams, engine, bodies, spool, 100_000, Schedulers.parallel())
                        .routes()
                        .and(new ChannelsApi(channels, broadcasts, engine, null, bodies, 1_000, Schedulers.parallel())
                                .routes()));
    }

    @AfterEach
    void close() {
        channels.close();
        server.close();
        client.close();
        clock.close();
        assertThat(fault.get()).isNull();
    }

    @Test
    void aBedIsPutInChangedSeenAndTakenOut() {
        JsonNode put = ok(send(
                "PUT",
                LOBBY + "sources/music",
                "{\"kind\": \"bed\", \"sound\": \"demo-bed\", "
                        + "\"gain_db\": -3, \"fade_ms\": 100, \"duck\": {\"depth_db\": -9, \"hold_ms\": 300}}"));
        assertThat(put.path("on").asBoolean()).isTrue();
        assertThat(put.path("pending").asBoolean()).isFalse();
        JsonNode source = put.path("source");
        assertThat(source.path("kind").asString("")).isEqualTo("bed");
        assertThat(source.path("gain_db").asDouble()).isEqualTo(-3);
        assertThat(source.path("ducks").asBoolean()).isTrue();
        Awaitility.await()
                .until(() -> get(LOBBY + "sources/music")
                                .path("source")
                                .path("level")
                                .path("rms_db")
                                .asDouble()
                        > -60);

        JsonNode changed = ok(send("PATCH", LOBBY + "sources/music", "{\"gain_db\": -20, \"ducks\": false}"));
        assertThat(changed.path("source").path("gain_db").asDouble()).isEqualTo(-20);
        assertThat(changed.path("source").path("fade_ms").asInt()).isEqualTo(100);
        assertThat(changed.path("source").path("ducks").asBoolean()).isFalse();

        JsonNode mix = get(LOBBY + "mix");
        assertThat(mix.path("duck").path("depth_db").asDouble()).isEqualTo(-9);
        assertThat(mix.path("duck").path("hold_ms").asInt()).isEqualTo(300);
        assertThat(mix.path("duck").path("attack_ms").asInt()).isEqualTo(100);
        assertThat(mix.path("sources").size()).isEqualTo(1);
        assertThat(get(LOBBY + "sources")).isNotNull();

        assertThat(send("DELETE", LOBBY + "sources/music", null).statusCode()).isEqualTo(204);
        assertThat(send("DELETE", LOBBY + "sources/music", null).statusCode()).isEqualTo(404);
        Awaitility.await().until(() -> !get(LOBBY + "mix").path("on").asBoolean());
        assertThat(get(LOBBY + "sources").path("sources").isEmpty()).isTrue();
    }

    @Test
    void aBedThatComesWhileSomebodySpeaksWaitsForTheEndAndSaysSo() {
        assertThat(send("POST", LOBBY + "utterances", "{\"text\": \"A long speech.\"}")
                        .statusCode())
                .isEqualTo(201);
        Awaitility.await()
                .until(() ->
                        "playing".equals(get("/v1/channels/lobby").path("phase").asString("")));
        JsonNode put = ok(send("PUT", LOBBY + "sources/music", BED));
        assertThat(put.path("on").asBoolean()).isFalse();
        assertThat(put.path("pending").asBoolean()).isTrue();
        assertThat(send("POST", LOBBY + "clear", "{}").statusCode()).isEqualTo(200);
        Awaitility.await().until(() -> get(LOBBY + "mix").path("on").asBoolean());
        assertThat(get(LOBBY + "mix").path("pending").asBoolean()).isFalse();
    }

    @Test
    void speechIsMixedOverAndLeavesWhenItIsOver() {
        var _ = ok(send("PUT", LOBBY + "sources/second", "{\"kind\": \"speech\", \"text\": \"Over the other.\"}"));
        Awaitility.await()
                .until(() -> get(LOBBY + "sources/second")
                                .path("source")
                                .path("level")
                                .path("peak_db")
                                .asDouble()
                        > -20);
        JsonNode source = get(LOBBY + "sources/second").path("source");
        assertThat(source.path("kind").asString("")).isEqualTo("speech");
        assertThat(source.path("text").isMissingNode()).isTrue();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> get(LOBBY + "sources").path("sources").isEmpty());
    }

    @Test
    void speechThatFailsSaysWhyUntilAnotherTakesItsNameOrNobodyWantsToKnow() {
        String body = "{\"kind\": \"speech\", \"text\": \"" + UNSPEAKABLE + "\"}";
        var _ = send("PUT", LOBBY + "sources/second", body);
        Awaitility.await().until(() -> !get(LOBBY + "mix").path("failed").isEmpty());
        JsonNode failed = get(LOBBY + "mix").path("failed").get(0);
        assertThat(failed.path("name").asString("")).isEqualTo("second");
        assertThat(failed.path("code").asString("")).isEqualTo("UpstreamUnreachable");
        assertThat(failed.path("message").asString("")).isEqualTo("The service cannot be reached.");
        HttpResponse<String> gone = send("GET", LOBBY + "sources/second", null);
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.body()).contains("UpstreamUnreachable", "The source failed: The service cannot be reached.");
        assertThat(send("DELETE", LOBBY + "sources/second", null).statusCode()).isEqualTo(204);
        assertThat(get(LOBBY + "mix").path("failed").isEmpty()).isTrue();

        var _ = send("PUT", LOBBY + "sources/second", body);
        Awaitility.await().until(() -> !get(LOBBY + "mix").path("failed").isEmpty());
        var _ = ok(send("PUT", LOBBY + "sources/second", BED));
        assertThat(get(LOBBY + "mix").path("failed").isEmpty()).isTrue();
    }

    @Test
    void aBedIsLetComeToItsEnd() {
        byte[] second = wav(24_000);
        assertThat(upload("short.wav", second).statusCode()).isEqualTo(201);
        JsonNode put = ok(send("PUT", LOBBY + "sources/music", "{\"kind\": \"bed\", \"sound\": \"short.wav\"}"));
        assertThat(put.path("source").path("loop").asBoolean()).isTrue();
        JsonNode changed = ok(send("PATCH", LOBBY + "sources/music", "{\"loop\": false}"));
        assertThat(changed.path("source").path("loop").asBoolean()).isFalse();
        assertThat(send("PATCH", LOBBY + "sources/music", "{\"loop\": true}"))
                .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(400))
                .satisfies(refused -> assertThat(refused.body()).contains("\"field\":\"loop\""));
        Awaitility.await().until(() -> get(LOBBY + "sources").path("sources").isEmpty());
        var _ = ok(send("PUT", LOBBY + "sources/on", "{\"kind\": \"silence\"}"));
        assertThat(send("PATCH", LOBBY + "sources/on", "{\"loop\": false}").statusCode())
                .isEqualTo(400);
    }

    @Test
    void earconsAndSilenceAreSourcesToo() {
        var _ = ok(send("PUT", LOBBY + "sources/bell", "{\"kind\": \"earcon\", \"sound\": \"demo-chime\"}"));
        var _ = ok(send(
                "PUT",
                LOBBY + "sources/later",
                "{\"kind\": \"earcon\", \"sound\": \"demo-chime\", \"after_ms\": 60000}"));
        var _ = ok(send(
                "PUT",
                LOBBY + "sources/each",
                "{\"kind\": \"earcon\", \"sound\": \"demo-chime\", \"when\": \"before_each_utterance\"}"));
        JsonNode put = ok(send("PUT", LOBBY + "sources/on", "{\"kind\": \"silence\"}"));
        assertThat(put.path("source").path("state").asString("")).isEqualTo("playing");
        Awaitility.await().until(() -> get(LOBBY + "sources").path("sources").size() == 3);
        assertThat(get(LOBBY + "sources/later").path("source").path("state").asString(""))
                .isEqualTo("waiting");
        assertThat(get(LOBBY + "sources/each").path("source").path("when").asString(""))
                .isEqualTo("before_each_utterance");
    }

    @Test
    void theStageItselfIsChangedFieldByField() {
        JsonNode mix = ok(
                send("PATCH", LOBBY + "mix", "{\"duck\": {\"depth_db\": -6}, \"target_lufs\": -23, \"always\": true}"));
        assertThat(mix.path("target_lufs").asDouble()).isEqualTo(-23);
        assertThat(mix.path("always").asBoolean()).isTrue();
        assertThat(mix.path("on").asBoolean()).isTrue();
        mix = ok(send("PATCH", LOBBY + "mix", "{\"loudness\": false}"));
        assertThat(mix.path("target_lufs").isNull()).isTrue();
        assertThat(mix.path("duck").path("depth_db").asDouble()).isEqualTo(-6);
        mix = ok(send("PATCH", LOBBY + "mix", "{\"loudness\": true}"));
        assertThat(mix.path("target_lufs").asDouble()).isEqualTo(-19);
    }

    @Test
    void whoFollowsAChannelIsToldHowLoudItsSourcesAre() throws Exception {
        var _ = ok(
                send("PUT", LOBBY + "sources/music", "{\"kind\": \"bed\", \"sound\": \"demo-bed\", \"gain_db\": -3}"));
        HttpResponse<Stream<String>> events = client.send(
                HttpRequest.newBuilder(server.at(LOBBY + "events?levels=on")).build(), BodyHandlers.ofLines());
        try (Stream<String> lines = events.body()) {
            JsonNode levels = lines.filter(line -> line.startsWith("data: {\"t\":\"levels\""))
                    .limit(12)
                    .map(line -> JSON.readTree(line.substring("data: ".length())))
                    .filter(event -> event.at("/sources/1/rms_db").asDouble() > -60)
                    .findFirst()
                    .orElseThrow();
            assertThat(levels.path("sources"))
                    .extracting(source -> source.path("name").asString())
                    .containsExactly("speech", "music");
            JsonNode music = levels.at("/sources/1");
            assertThat(music.path("gain_db").asDouble()).isEqualTo(-3);
            assertThat(music.path("peak_db").asDouble())
                    .isGreaterThanOrEqualTo(music.path("rms_db").asDouble());
            assertThat(music.path("momentary_lufs").asDouble()).isBetween(-70.0, 0.0);
            assertThat(music.path("short_term_lufs").asDouble()).isBetween(-80.0, 0.0);
            assertThat(get(LOBBY + "mix").at("/level/momentary_lufs").asDouble())
                    .isBetween(-70.0, 0.0);
            assertThat(music.path("ducked").asBoolean(true)).isFalse();
            assertThat(music.path("shortages").asInt(-1)).isZero();
        }
        HttpResponse<String> wrong = send("GET", LOBBY + "events?levels=loud", null);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(wrong.body()).path("field").asString("")).isEqualTo("levels");
    }

    @ParameterizedTest(name = "{0} is wrong: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            kind      | {}
            kind      | {"kind": "music"}
            sound     | {"kind": "bed"}
            sound     | {"kind": "bed", "sound": "../../etc/passwd"}
            sound     | {"kind": "bed", "sound": ""}
            url       | {"kind": "bed", "sound": "demo-bed", "url": "http://127.0.0.1:9/allowed/x"}
            url       | {"kind": "bed", "url": "no address at all"}
            url       | {"kind": "earcon", "url": "http://127.0.0.1:9/allowed/x"}
            loop      | {"kind": "earcon", "sound": "demo-chime", "loop": true}
            live      | {"kind": "bed", "sound": "demo-bed", "live": true}
            text      | {"kind": "speech"}
            text      | {"kind": "bed", "sound": "demo-bed", "text": "x"}
            sound     | {"kind": "silence", "sound": "demo-bed"}
            when      | {"kind": "bed", "sound": "demo-bed", "when": "before_each_utterance"}
            when      | {"kind": "earcon", "sound": "demo-chime", "when": "sometimes"}
            after_ms  | {"kind": "earcon", "sound": "demo-chime", "after_ms": -1}
            gain_db   | {"kind": "bed", "sound": "demo-bed", "gain_db": 13}
            fade_ms   | {"kind": "bed", "sound": "demo-bed", "fade_ms": 60001}
            depth_db  | {"kind": "bed", "sound": "demo-bed", "duck": {"depth_db": 1}}
            attack_ms | {"kind": "bed", "sound": "demo-bed", "duck": {"attack_ms": 10001}}
            volume    | {"kind": "bed", "sound": "demo-bed", "volume": 3}
            gain_db   | {"kind": "bed", "sound": "demo-bed", "gain_db": "loud"}""")
    void whatIsWrongIsNamed(String field, String body) {
        HttpResponse<String> answer = send("PUT", LOBBY + "sources/x", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("field").asString("")).isEqualTo(field);
        assertThat(send("GET", LOBBY + "sources", null).statusCode()).isIn(404, 200);
    }

    @Test
    void streamsComeFromAllowedAddressesOnly() {
        HttpResponse<String> answer =
                send("PUT", LOBBY + "sources/x", "{\"kind\": \"bed\", \"url\": \"http://169.254.169.254/latest\"}");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(answer.body()).path("field").asString("")).isEqualTo("url");
        JsonNode put =
                ok(send("PUT", LOBBY + "sources/x", "{\"kind\": \"bed\", \"url\": \"http://127.0.0.1:9/allowed/x\"}"));
        assertThat(put.path("source").path("url").asString("")).endsWith("/allowed/x");
        Awaitility.await()
                .until(() -> "failed"
                        .equals(get(LOBBY + "sources/x")
                                .path("source")
                                .path("stream")
                                .path("state")
                                .asString("")));
        assertThat(get(LOBBY + "sources/x")
                        .path("source")
                        .path("stream")
                        .path("problem")
                        .asString(""))
                .contains("private network");
    }

    @Test
    void namesThatAreNotThereAreNotFound() {
        assertThat(send("GET", LOBBY + "sources", null).statusCode()).isEqualTo(404);
        assertThat(send("PUT", LOBBY + "sources/x", "{\"kind\": \"bed\", \"sound\": \"gone.wav\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("PUT", LOBBY + "sources/speech", BED).statusCode()).isEqualTo(400);
        assertThat(send("PUT", LOBBY + "sources/a%20b", BED).statusCode()).isEqualTo(400);
        var _ = ok(send("PUT", LOBBY + "sources/x", BED));
        assertThat(send("PATCH", LOBBY + "sources/y", "{\"gain_db\": 0}").statusCode())
                .isEqualTo(404);
        assertThat(send("GET", LOBBY + "sources/y", null).statusCode()).isEqualTo(404);
    }

    @Test
    void sourcesOfAChannelAreBounded() {
        for (int n = 0; n < 16; n++) {
            var _ = ok(send("PUT", LOBBY + "sources/s" + n, "{\"kind\": \"silence\"}"));
        }
        assertThat(send("PUT", LOBBY + "sources/more", "{\"kind\": \"silence\"}")
                        .statusCode())
                .isEqualTo(409);
        var _ = ok(send("PUT", LOBBY + "sources/s3", BED)); // in another's place
    }

    @Test
    void soundsAreUploadedListedLookedAtAndDeleted() {
        byte[] wav = wav(9_600);
        HttpResponse<String> made = upload("mine.wav", wav);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).hasValue("/v1/sounds/mine.wav");
        JsonNode view = JSON.readTree(made.body());
        assertThat(view.path("duration_ms").asInt()).isEqualTo(400);
        assertThat(view.path("origin").asString("")).isEqualTo("upload");
        assertThat(get("/v1/sounds/mine.wav").path("truncated").asBoolean()).isFalse();
        assertThat(get("/v1/sounds")
                        .path("sounds")
                        .valueStream()
                        .map(sound -> sound.path("name").asString("")))
                .containsExactly("demo-bed", "demo-chime", "mine.wav");
        var _ = ok(send("PUT", LOBBY + "sources/x", "{\"kind\": \"bed\", \"sound\": \"mine.wav\"}"));
        assertThat(send("DELETE", "/v1/sounds/mine.wav", null).statusCode()).isEqualTo(204);
        assertThat(send("GET", "/v1/sounds/mine.wav", null).statusCode()).isEqualTo(404);
        assertThat(get(LOBBY + "sources/x").path("source").path("state").asString(""))
                .isEqualTo("playing");
    }

    @Test
    void whatIsNoSoundOrTooLargeIsNotTaken() {
        assertThat(upload("a.mp3", new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
                        .body())
                .contains("UnsupportedFormat", "WAV and Ogg-Opus are taken");
        assertThat(upload("cut.wav", Arrays.copyOf(wav(100), 30)).body()).contains("BrokenWav");
        assertThat(upload("cut2.wav", Arrays.copyOf(wav(100), 100)).body()).contains("\"truncated\":true");
        assertThat(upload("large.wav", wav(60_000)).statusCode()).isEqualTo(413);
        assertThat(upload("demo-bed", wav(100)).statusCode()).isEqualTo(409);
        assertThat(upload("a%2Fb", wav(100)).statusCode()).isEqualTo(400);
        assertThat(upload("nothing.wav", new byte[0]).statusCode()).isEqualTo(400);
        assertThat(upload("two.wav", wav(100)).statusCode()).isEqualTo(201);
        assertThat(upload("three.wav", wav(100)).statusCode()).isEqualTo(413);
        assertThat(send("DELETE", "/v1/sounds/demo-bed", null).statusCode()).isEqualTo(409);
    }

    private HttpResponse<String> upload(String name, byte[] bytes) {
        return send(HttpRequest.newBuilder(server.at("/v1/sounds/" + name))
                .header("Content-Type", "audio/wav")
                .PUT(BodyPublishers.ofByteArray(bytes)));
    }

    private JsonNode get(String path) {
        return ok(send("GET", path, null));
    }

    private static JsonNode ok(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String path, @Nullable String body) {
        return send(HttpRequest.newBuilder(server.at(path))
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] wav(int samples) {
        ByteBuffer file = ByteBuffer.allocate(WavHeader.BYTES + 2 * samples);
        return file.put(WavHeader.ofSamples(samples)).array();
    }

    private static byte[] constant() {
        byte[] speech = new byte[10 * 48_000];
        Arrays.fill(speech, (byte) 0x20);
        return speech;
    }
}
