package dev.stentor.web.sources;

import static dev.stentor.web.sources.Console.LOBBY;
import static dev.stentor.web.sources.Console.ok;
import static dev.stentor.web.sources.Console.wav;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.web.edge.SpoolFiles;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SoundsApiTest {

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
    void anUploadOnAFullDiskIsAnswered507(@TempDir Path links) {
        try (Console full = new Console(folder, Duration.ofSeconds(60), SpoolFiles.onAFullDisk(links))) {
            HttpResponse<String> answer = full.upload("bell", new byte[10_000]);
            assertThat(answer.statusCode()).isEqualTo(507);
            assertThat(answer.body()).contains("\"code\":\"InsufficientStorage\"");
        }
    }

    @Test
    void soundsAreUploadedListedLookedAtAndDeleted() {
        byte[] wav = wav(9_600);
        HttpResponse<String> made = console.upload("mine.wav", wav);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(made.headers().firstValue("Location")).hasValue("/v1/sounds/mine.wav");
        JsonNode view = JSON.readTree(made.body());
        assertThat(view.path("duration_ms").asInt()).isEqualTo(400);
        assertThat(view.path("origin").asString("")).isEqualTo("upload");
        assertThat(console.get("/v1/sounds/mine.wav").path("truncated").asBoolean())
                .isFalse();
        assertThat(console.get("/v1/sounds")
                        .path("sounds")
                        .valueStream()
                        .map(sound -> sound.path("name").asString("")))
                .containsExactly("demo-bed", "demo-chime", "mine.wav");
        var _ = ok(console.send("PUT", LOBBY + "sources/x", "{\"kind\": \"bed\", \"sound\": \"mine.wav\"}"));
        assertThat(console.send("DELETE", "/v1/sounds/mine.wav", null).statusCode())
                .isEqualTo(204);
        assertThat(console.send("GET", "/v1/sounds/mine.wav", null).statusCode())
                .isEqualTo(404);
        assertThat(console.get(LOBBY + "sources/x").path("source").path("state").asString(""))
                .isEqualTo("playing");
    }

    @Test
    void whatIsNoSoundOrTooLargeIsNotTaken() {
        assertThat(console.upload("a.mp3", new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0})
                        .body())
                .contains("UnsupportedFormat", "WAV and Ogg-Opus are taken");
        assertThat(console.upload("cut.wav", Arrays.copyOf(wav(100), 30)).body())
                .contains("BrokenWav");
        assertThat(console.upload("cut2.wav", Arrays.copyOf(wav(100), 100)).body())
                .contains("\"truncated\":true");
        assertThat(console.upload("large.wav", wav(60_000)).statusCode()).isEqualTo(413);
        assertThat(console.upload("demo-bed", wav(100)).statusCode()).isEqualTo(409);
        assertThat(console.upload("a%2Fb", wav(100)).statusCode()).isEqualTo(400);
        assertThat(console.upload("nothing.wav", new byte[0]).statusCode()).isEqualTo(400);
        assertThat(console.upload("two.wav", wav(100)).statusCode()).isEqualTo(201);
        assertThat(console.upload("three.wav", wav(100)).statusCode()).isEqualTo(413);
        assertThat(console.send("DELETE", "/v1/sounds/demo-bed", null).statusCode())
                .isEqualTo(409);
    }
}
