package dev.stentor.web.sources;

import static dev.stentor.web.sources.Console.BED;
import static dev.stentor.web.sources.Console.BRIEF;
import static dev.stentor.web.sources.Console.LOBBY;
import static dev.stentor.web.sources.Console.UNSPEAKABLE;
import static dev.stentor.web.sources.Console.ok;
import static dev.stentor.web.sources.Console.wav;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SourcesApiTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    private Console console;

    @BeforeEach
    void open() {
        console = new Console(folder);
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void aBedIsPutInChangedSeenAndTakenOut() {
        JsonNode put = ok(console.send(
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
                .until(() -> console.get(LOBBY + "sources/music")
                                .path("source")
                                .path("level")
                                .path("rms_db")
                                .asDouble()
                        > -60);

        JsonNode changed = ok(console.send("PATCH", LOBBY + "sources/music", "{\"gain_db\": -20, \"ducks\": false}"));
        assertThat(changed.path("source").path("gain_db").asDouble()).isEqualTo(-20);
        assertThat(changed.path("source").path("fade_ms").asInt()).isEqualTo(100);
        assertThat(changed.path("source").path("ducks").asBoolean()).isFalse();

        JsonNode mix = console.get(LOBBY + "mix");
        assertThat(mix.path("duck").path("depth_db").asDouble()).isEqualTo(-9);
        assertThat(mix.path("duck").path("hold_ms").asInt()).isEqualTo(300);
        assertThat(mix.path("duck").path("attack_ms").asInt()).isEqualTo(100);
        assertThat(mix.path("sources").size()).isEqualTo(1);
        assertThat(console.get(LOBBY + "sources")).isNotNull();

        assertThat(console.send("DELETE", LOBBY + "sources/music", null).statusCode())
                .isEqualTo(204);
        assertThat(console.send("DELETE", LOBBY + "sources/music", null).statusCode())
                .isEqualTo(404);
        Awaitility.await().until(() -> !console.get(LOBBY + "mix").path("on").asBoolean());
        assertThat(console.get(LOBBY + "sources").path("sources").isEmpty()).isTrue();
    }

    @Test
    void aBedThatComesWhileSomebodySpeaksWaitsForTheEndAndSaysSo() {
        assertThat(console.send("POST", LOBBY + "utterances", "{\"text\": \"A long speech.\"}")
                        .statusCode())
                .isEqualTo(201);
        Awaitility.await()
                .until(() -> "playing"
                        .equals(console.get("/v1/channels/lobby").path("phase").asString("")));
        JsonNode put = ok(console.send("PUT", LOBBY + "sources/music", BED));
        assertThat(put.path("on").asBoolean()).isFalse();
        assertThat(put.path("pending").asBoolean()).isTrue();
        assertThat(put.path("source").path("state").asString("")).isEqualTo("waiting");
        assertThat(console.send("POST", LOBBY + "clear", "{}").statusCode()).isEqualTo(200);
        Awaitility.await().until(() -> console.get(LOBBY + "mix").path("on").asBoolean());
        assertThat(console.get(LOBBY + "mix").path("pending").asBoolean()).isFalse();
    }

    @Test
    void speechIsMixedOverAndLeavesWhenItIsOver() {
        var _ = ok(
                console.send("PUT", LOBBY + "sources/second", "{\"kind\": \"speech\", \"text\": \"" + BRIEF + "\"}"));
        Awaitility.await()
                .until(() -> console.get(LOBBY + "sources/second")
                                .path("source")
                                .path("level")
                                .path("peak_db")
                                .asDouble()
                        > -20);
        JsonNode source = console.get(LOBBY + "sources/second").path("source");
        assertThat(source.path("kind").asString("")).isEqualTo("speech");
        assertThat(source.path("text").isMissingNode()).isTrue();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> console.get(LOBBY + "sources").path("sources").isEmpty());
    }

    @Test
    void speechThatFailsSaysWhyUntilAnotherTakesItsNameOrNobodyWantsToKnow() {
        String body = "{\"kind\": \"speech\", \"text\": \"" + UNSPEAKABLE + "\"}";
        var _ = console.send("PUT", LOBBY + "sources/second", body);
        Awaitility.await()
                .until(() -> !console.get(LOBBY + "mix").path("failed").isEmpty());
        JsonNode failed = console.get(LOBBY + "mix").path("failed").get(0);
        assertThat(failed.path("name").asString("")).isEqualTo("second");
        assertThat(failed.path("code").asString("")).isEqualTo("UpstreamUnreachable");
        assertThat(failed.path("message").asString("")).isEqualTo("The service cannot be reached.");
        HttpResponse<String> gone = console.send("GET", LOBBY + "sources/second", null);
        assertThat(gone.statusCode()).isEqualTo(404);
        assertThat(gone.body()).contains("UpstreamUnreachable", "The source failed: The service cannot be reached.");
        assertThat(console.send("DELETE", LOBBY + "sources/second", null).statusCode())
                .isEqualTo(204);
        assertThat(console.get(LOBBY + "mix").path("failed").isEmpty()).isTrue();

        var _ = console.send("PUT", LOBBY + "sources/second", body);
        Awaitility.await()
                .until(() -> !console.get(LOBBY + "mix").path("failed").isEmpty());
        var _ = ok(console.send("PUT", LOBBY + "sources/second", BED));
        assertThat(console.get(LOBBY + "mix").path("failed").isEmpty()).isTrue();
    }

    @Test
    void speechThatFailedIsDeletedAlsoIfNobodyHasLookedAtIt() {
        var _ = console.send(
                "PUT", LOBBY + "sources/second", "{\"kind\": \"speech\", \"text\": \"" + UNSPEAKABLE + "\"}");
        Awaitility.await()
                .until(() ->
                        console.send("DELETE", LOBBY + "sources/second", null).statusCode() == 404);
        assertThat(console.get(LOBBY + "mix").path("failed").isEmpty()).isTrue();
    }

    @Test
    void aBedIsLetComeToItsEnd() {
        byte[] second = wav(24_000);
        assertThat(console.upload("short.wav", second).statusCode()).isEqualTo(201);
        JsonNode put =
                ok(console.send("PUT", LOBBY + "sources/music", "{\"kind\": \"bed\", \"sound\": \"short.wav\"}"));
        assertThat(put.path("source").path("loop").asBoolean()).isTrue();
        JsonNode changed = ok(console.send("PATCH", LOBBY + "sources/music", "{\"loop\": false}"));
        assertThat(changed.path("source").path("loop").asBoolean()).isFalse();
        changed = ok(console.send("PATCH", LOBBY + "sources/music", "{\"loop\": true}"));
        assertThat(changed.path("source").path("loop").asBoolean()).isTrue();
        var _ = ok(console.send("PATCH", LOBBY + "sources/music", "{\"loop\": false}"));
        Awaitility.await()
                .until(() -> console.get(LOBBY + "sources").path("sources").isEmpty());
        var _ = ok(console.send("PUT", LOBBY + "sources/on", "{\"kind\": \"silence\"}"));
        assertThat(console.send("PATCH", LOBBY + "sources/on", "{\"loop\": false}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void earconsAndSilenceAreSourcesToo() {
        var _ = ok(console.send("PUT", LOBBY + "sources/bell", "{\"kind\": \"earcon\", \"sound\": \"demo-chime\"}"));
        var _ = ok(console.send(
                "PUT",
                LOBBY + "sources/later",
                "{\"kind\": \"earcon\", \"sound\": \"demo-chime\", \"after_ms\": 60000}"));
        var _ = ok(console.send(
                "PUT",
                LOBBY + "sources/each",
                "{\"kind\": \"earcon\", \"sound\": \"demo-chime\", \"when\": \"before_each_utterance\"}"));
        JsonNode put = ok(console.send("PUT", LOBBY + "sources/on", "{\"kind\": \"silence\"}"));
        assertThat(put.path("source").path("state").asString("")).isEqualTo("playing");
        Awaitility.await()
                .until(() -> console.get(LOBBY + "sources").path("sources").size() == 3);
        assertThat(console.get(LOBBY + "sources/later")
                        .path("source")
                        .path("state")
                        .asString(""))
                .isEqualTo("waiting");
        assertThat(console.get(LOBBY + "sources/each")
                        .path("source")
                        .path("when")
                        .asString(""))
                .isEqualTo("before_each_utterance");
    }

    @Test
    void theStageItselfIsChangedFieldByField() {
        JsonNode mix = ok(console.send(
                "PATCH", LOBBY + "mix", "{\"duck\": {\"depth_db\": -6}, \"target_lufs\": -23, \"always\": true}"));
        assertThat(mix.path("target_lufs").asDouble()).isEqualTo(-23);
        assertThat(mix.path("always").asBoolean()).isTrue();
        assertThat(mix.path("on").asBoolean()).isTrue();
        mix = ok(console.send("PATCH", LOBBY + "mix", "{\"loudness\": false}"));
        assertThat(mix.path("target_lufs").isNull()).isTrue();
        assertThat(mix.path("duck").path("depth_db").asDouble()).isEqualTo(-6);
        mix = ok(console.send("PATCH", LOBBY + "mix", "{\"loudness\": true}"));
        assertThat(mix.path("target_lufs").asDouble()).isEqualTo(-19);
    }

    @Test
    void whoFollowsAChannelIsToldHowLoudItsSourcesAre() throws Exception {
        var _ = ok(console.send(
                "PUT", LOBBY + "sources/music", "{\"kind\": \"bed\", \"sound\": \"demo-bed\", \"gain_db\": -3}"));
        HttpResponse<Stream<String>> events = console.client.send(
                HttpRequest.newBuilder(console.server.at(LOBBY + "events?levels=on"))
                        .build(),
                BodyHandlers.ofLines());
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
            assertThat(console.get(LOBBY + "mix").at("/level/momentary_lufs").asDouble())
                    .isBetween(-70.0, 0.0);
            assertThat(music.path("ducked").asBoolean(true)).isFalse();
            assertThat(music.path("shortages").asInt(-1)).isZero();
        }
        HttpResponse<String> wrong = console.send("GET", LOBBY + "events?levels=loud", null);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(wrong.body()).path("field").asString("")).isEqualTo("levels");
    }
}
