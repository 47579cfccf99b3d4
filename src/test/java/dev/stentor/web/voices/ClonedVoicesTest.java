package dev.stentor.web.voices;

import static dev.stentor.web.voices.Casting.JSON;
import static dev.stentor.web.voices.Casting.assertProblem;
import static dev.stentor.web.voices.Casting.form;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.voices.CloneOrder;
import dev.stentor.testing.Recordings;
import dev.stentor.web.Multipart;
import dev.stentor.web.edge.SpoolFiles;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tests of voices that are made from a recording. */
class ClonedVoicesTest {

    private final Casting casting = new Casting();

    @AfterEach
    void end() {
        casting.close();
    }

    @Test
    void aRecordingOnAFullDiskIsAnswered507(@TempDir Path links) {
        try (Casting full = new Casting(SpoolFiles.onAFullDisk(links))) {
            HttpResponse<String> answer =
                    full.post(new Multipart().field("name", "guanyu").file("audio", Recordings.wav(24_000, 1, 16, 12)));
            assertThat(answer.statusCode()).isEqualTo(507);
            assertThat(answer.body()).contains("\"code\":\"InsufficientStorage\"");
            assertThat(full.studio.orders()).isEmpty();
        }
    }

    @Test
    void aRecordingBecomesAVoiceThatCanSpeakAtOnce() {
        byte[] wav = Recordings.wav(24_000, 1, 16, 12);
        HttpResponse<String> created = casting.post(new Multipart()
                .file("audio", wav)
                .field("name", "guanyu")
                .field("language", "Chinese")
                .field("text", "Hello."));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("location")).hasValue("/v1/voices/qwen-tts-vc-guanyu-voice-1");
        JsonNode voice = JSON.readTree(created.body());
        assertThat(voice.path("name").asString()).isEqualTo("qwen-tts-vc-guanyu-voice-1");
        assertThat(voice.path("models").get(0).asString()).isEqualTo("qwen3-tts-vc-2026-01-22");
        assertThat(voice.path("preview").path("url").asString())
                .isEqualTo("/v1/voices/qwen-tts-vc-guanyu-voice-1/preview");
        assertThat(casting.studio.recordings()).singleElement().isEqualTo(wav);
        assertThat(casting.studio.orders()).singleElement().isInstanceOfSatisfying(CloneOrder.class, order -> {
            assertThat(order.name()).isEqualTo("guanyu");
            assertThat(order.language()).isEqualTo("zh");
            assertThat(order.transcript()).isEqualTo("Hello.");
            assertThat(order.recording().mediaType()).isEqualTo("audio/wav");
            assertThat(order.recording().bytes()).isEqualTo(wav.length);
        });
        assertThat(casting.server.get("/v1/voices/qwen-tts-vc-guanyu-voice-1").statusCode())
                .isEqualTo(200);
        assertThat(casting.server
                        .bytes("/v1/voices/qwen-tts-vc-guanyu-voice-1/preview")
                        .statusCode())
                .isEqualTo(200);
        assertThat(casting.engine.requests()).singleElement().satisfies(request -> {
            assertThat(request.model()).isEqualTo("qwen3-tts-vc-2026-01-22");
            assertThat(request.languageType()).isEqualTo("Chinese");
        });
    }

    @Test
    void mp3AndM4aAreToldByTheirContent() {
        assertThat(casting.post(new Multipart().field("name", "a").file("audio", Recordings.mp3(1, 10)))
                        .statusCode())
                .isEqualTo(201);
        assertThat(casting.post(new Multipart().field("name", "b").file("audio", Recordings.m4a(1_000, 10_000)))
                        .statusCode())
                .isEqualTo(201);
        assertThat(casting.studio.orders())
                .extracting(order -> ((CloneOrder) order).recording().mediaType())
                .containsExactly("audio/mpeg", "audio/mp4");
    }

    @Test
    void aWrongFormIsRefusedByField() {
        byte[] good = Recordings.wav(24_000, 1, 16, 12);
        casting.assertForm(new Multipart().field("name", "a"), 400, "audio", "missing");
        casting.assertForm(new Multipart().file("audio", good), 400, "name", "required");
        casting.assertForm(new Multipart().file("audio", good).field("name", "a b"), 400, "name", "letters");
        casting.assertForm(new Multipart().file("audio", good).field("name", "a".repeat(17)), 400, "name", "16");
        casting.assertForm(new Multipart().field("audio", "text").field("name", "a"), 400, "audio", "file");
        casting.assertForm(new Multipart().file("name", good), 400, "name", "file");
        casting.assertForm(new Multipart().field("nam", "a"), 400, "nam", "no such field");
        casting.assertForm(new Multipart().file("sound", good), 400, "sound", "no such field");
        casting.assertForm(new Multipart().field("name", "a").field("name", "b"), 400, "name", "twice");
        casting.assertForm(form(good).field("language", "Klingon"), 400, "language", "zh");
        casting.assertForm(form(good).field("model", "qwen3-tts-flash"), 400, "model", "qwen3-tts-vc-2026-01-22");
        casting.assertForm(
                form(good).field("model", "qwen3-tts-vc-realtime-2026-01-15"), 400, "model", "does not speak");
        casting.assertForm(form(good).field("text", "a".repeat(4_001)), 400, "text", "4000");
        assertThat(casting.studio.orders()).isEmpty();
    }

    @Test
    void aRecordingThatTheServiceWouldNotTakeIsRefusedHere() {
        casting.assertForm(form(new byte[0]), 400, "audio", "empty");
        casting.assertForm(form("this is no sound at all, only text".getBytes(UTF_8)), 400, "audio", "neither WAV");
        casting.assertForm(form(Recordings.wav(16_000, 1, 16, 12)), 400, "audio", "16000");
        casting.assertForm(form(Recordings.wav(24_000, 2, 16, 12)), 400, "audio", "mono");
        casting.assertForm(form(Recordings.wav(24_000, 1, 24, 12)), 400, "audio", "16-bit");
        casting.assertForm(form(Recordings.wav(24_000, 1, 16, 2.9)), 400, "audio", "2900 ms");
        casting.assertForm(form(Recordings.wav(24_000, 1, 16, 61)), 400, "audio", "61000 ms");
        casting.assertForm(form(Recordings.wav(1, 24_000, 1, 16, 48_000 * 20, 48_000)), 400, "audio", "1000 ms");
        casting.assertForm(form(Arrays.copyOf(Recordings.wav(24_000, 1, 16, 12), 30)), 400, "audio", "cut off");
        casting.assertForm(form(Recordings.mp3(2, 12)), 400, "audio", "16000");
        casting.assertForm(form(Recordings.mp3(1, 90)), 400, "audio", "90000 ms");
        casting.assertForm(form(Recordings.m4a(1_000, 90_000)), 400, "audio", "90000 ms");
        casting.assertForm(form(new byte[10_000_000]), 413, "audio", "10 MB");
        assertThat(casting.studio.orders()).isEmpty();
        assertThat(casting.post(form(Recordings.wav(48_000, 1, 16, 60))).statusCode())
                .isEqualTo(201);
    }

    @Test
    void aBodyThatIsNotWhatItSaysIsMalformed() {
        HttpResponse<String> answer =
                casting.server.post("/v1/voices", Multipart.TYPE, BodyPublishers.ofString("--other\r\n"));
        assertProblem(answer, 400, "MalformedBody", "");
        assertProblem(casting.post(new Multipart().field("text", "a".repeat(40_000))), 413, "BodyTooLarge", "");
        HttpResponse<String> text = casting.server.post("/v1/voices", "text/plain", BodyPublishers.ofString("Hi"));
        assertThat(text.statusCode()).isEqualTo(415);
    }
}
