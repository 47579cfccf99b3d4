package dev.stentor.web.sources;

import static dev.stentor.web.sources.Console.BED;
import static dev.stentor.web.sources.Console.LOBBY;
import static dev.stentor.web.sources.Console.ok;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rules for sources that are refused, and for the answers. */
class RefusedSourcesTest {

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
            after_ms  | {"kind": "earcon", "sound": "demo-chime", "after_ms": 9999999999}
            gain_db   | {"kind": "bed", "sound": "demo-bed", "gain_db": 13}
            fade_ms   | {"kind": "bed", "sound": "demo-bed", "fade_ms": 60001}
            depth_db  | {"kind": "bed", "sound": "demo-bed", "duck": {"depth_db": 1}}
            attack_ms | {"kind": "bed", "sound": "demo-bed", "duck": {"attack_ms": 10001}}
            volume    | {"kind": "bed", "sound": "demo-bed", "volume": 3}
            gain_db   | {"kind": "bed", "sound": "demo-bed", "gain_db": "loud"}""")
    void whatIsWrongIsNamed(String field, String body) {
        HttpResponse<String> answer = console.send("PUT", LOBBY + "sources/x", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("field").asString("")).isEqualTo(field);
        assertThat(console.send("GET", LOBBY + "sources", null).statusCode()).isIn(404, 200);
    }

    @Test
    void streamsComeFromAllowedAddressesOnly() {
        HttpResponse<String> answer = console.send(
                "PUT", LOBBY + "sources/x", "{\"kind\": \"bed\", \"url\": \"http://169.254.169.254/latest\"}");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(JSON.readTree(answer.body()).path("field").asString("")).isEqualTo("url");
        JsonNode put = ok(console.send(
                "PUT", LOBBY + "sources/x", "{\"kind\": \"bed\", \"url\": \"http://127.0.0.1:9/allowed/x\"}"));
        assertThat(put.path("source").path("url").asString("")).endsWith("/allowed/x");
        Awaitility.await()
                .until(() -> "failed"
                        .equals(console.get(LOBBY + "sources/x")
                                .path("source")
                                .path("stream")
                                .path("state")
                                .asString("")));
        assertThat(console.get(LOBBY + "sources/x")
                        .path("source")
                        .path("stream")
                        .path("problem")
                        .asString(""))
                .contains("private network");
    }

    @Test
    void namesThatAreNotThereAreNotFound() {
        assertThat(console.send("GET", LOBBY + "sources", null).statusCode()).isEqualTo(404);
        assertThat(console.send("PUT", LOBBY + "sources/x", "{\"kind\": \"bed\", \"sound\": \"gone.wav\"}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(console.send("PUT", LOBBY + "sources/speech", BED).statusCode())
                .isEqualTo(400);
        assertThat(console.send("PUT", LOBBY + "sources/a%20b", BED).statusCode())
                .isEqualTo(400);
        var _ = ok(console.send("PUT", LOBBY + "sources/x", BED));
        assertThat(console.send("PATCH", LOBBY + "sources/y", "{\"gain_db\": 0}")
                        .statusCode())
                .isEqualTo(404);
        assertThat(console.send("GET", LOBBY + "sources/y", null).statusCode()).isEqualTo(404);
    }

    @Test
    void sourcesOfAChannelAreBounded() {
        for (int n = 0; n < 16; n++) {
            var _ = ok(console.send("PUT", LOBBY + "sources/s" + n, "{\"kind\": \"silence\"}"));
        }
        assertThat(console.send("PUT", LOBBY + "sources/more", "{\"kind\": \"silence\"}")
                        .statusCode())
                .isEqualTo(409);
        var _ = ok(console.send("PUT", LOBBY + "sources/s3", BED)); // in another's place
    }

    /** Checks the limit with our own bed, which lasts 16 s. */
    @Test
    void theSoundOfAllChannelsTogetherIsBounded() {
        try (Console small = new Console(folder, Duration.ofSeconds(17))) {
            assertThat(small.upload("other.wav", Console.wav(45_000)).statusCode())
                    .isEqualTo(201);
            String other = "{\"kind\": \"bed\", \"sound\": \"other.wav\"}";
            var _ = ok(small.send("PUT", LOBBY + "sources/music", BED));
            var _ = ok(small.send("PUT", "/v1/channels/hall/sources/music", BED)); // the same counts once
            HttpResponse<String> refused = small.send("PUT", LOBBY + "sources/other", other);
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body()).contains("TooMuchSound", "Sounds of 17 s in all");
            assertThat(small.send("DELETE", LOBBY + "sources/music", null).statusCode())
                    .isEqualTo(204);
            assertThat(small.send("PUT", LOBBY + "sources/other", other).statusCode())
                    .isEqualTo(409);
            assertThat(small.send("DELETE", "/v1/channels/hall/sources/music", null)
                            .statusCode())
                    .isEqualTo(204);
            var _ = ok(small.send("PUT", LOBBY + "sources/other", other));
        }
    }
}
