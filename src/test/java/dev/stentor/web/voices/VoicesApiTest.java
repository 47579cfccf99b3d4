package dev.stentor.web.voices;

import static dev.stentor.web.voices.Casting.DESIGN;
import static dev.stentor.web.voices.Casting.JSON;
import static dev.stentor.web.voices.Casting.SOUND;
import static dev.stentor.web.voices.Casting.assertProblem;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.Voice;
import dev.stentor.speech.voices.CustomVoice;
import dev.stentor.speech.voices.CustomVoices;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class VoicesApiTest {

    private final Casting casting = new Casting();

    @AfterEach
    void end() {
        casting.close();
    }

    @Test
    void builtInAndMadeVoicesStandInOneList() {
        JsonNode list = JSON.readTree(casting.server.get("/v1/voices").body());
        assertThat(list.path("default").asString()).isEqualTo("Cherry");
        assertThat(list.path("voices")).hasSize(50);
        assertThat(list.has("problem")).isFalse();
        JsonNode dylan = list.path("voices").get(40);
        assertThat(dylan.path("name").asString()).isEqualTo("Dylan");
        assertThat(dylan.path("chinese_name").asString()).isEqualTo("晓东");
        assertThat(dylan.path("sex").asString()).isEqualTo("male");
        assertThat(dylan.path("kind").asString()).isEqualTo("builtin");
        assertThat(dylan.path("dialect").asString()).isEqualTo("Beijing");
        assertThat(dylan.path("languages")).hasSize(10);
        assertThat(dylan.path("models")).hasSize(5);
        assertThat(list.path("voices").get(49)).isEqualTo(JSON.readTree("""
                {"name":"qwen-tts-vc-old-voice-1","note":"cloned voice","models":["qwen3-tts-vc-2026-01-22"],"kind":"cloned",
                 "languages":["English"],"created":"2026-03-04 05:06:07"}"""));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "kind=cloned, 1",
        "kind=builtin, 49",
        "kind=embedded, 0",
        "sex=male&dialect=sichuan, 1",
        "dialect=Cantonese, 2",
        "model=qwen-tts, 4",
        "model=qwen3-tts-vc-2026-01-22, 1",
        "language=German, 49",
        "language=en&kind=cloned, 1",
        "language=Klingon, 0",
        "q=STORY, 1",
        "q=%E6%99%93%E4%B8%9C, 1",
        "q=cloned, 1"
    })
    void filtersNarrowTheList(String query, int voices) {
        assertThat(JSON.readTree(casting.server.get("/v1/voices?" + query).body())
                        .path("voices"))
                .hasSize(voices);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"color=red, UnknownFilter, color", "sex=other, InvalidField, sex", "kind=made, InvalidField, kind"})
    void aFilterThatThereIsNotIsRefusedByName(String query, String code, String field) {
        assertProblem(casting.server.get("/v1/voices?" + query), 400, code, field);
    }

    @Test
    void aSilentStudioDoesNotHideTheBuiltInVoices() {
        casting.studio.failWith(new SpeechFailure.Unreachable("No connection."));
        JsonNode list = JSON.readTree(casting.server.get("/v1/voices").body());
        assertThat(list.path("voices")).hasSize(49);
        assertThat(list.path("problem").path("code").asString()).isEqualTo("UpstreamUnreachable");
        assertThat(JSON.readTree(casting.server.get("/v1/voices?kind=builtin").body())
                        .has("problem"))
                .isFalse();
    }

    @Test
    void aDeletedVoiceIsGone() {
        assertThat(casting.server.delete("/v1/voices/qwen-tts-vc-old-voice-1").statusCode())
                .isEqualTo(204);
        assertProblem(casting.server.get("/v1/voices/qwen-tts-vc-old-voice-1"), 404, "NotFound", "voice");
        assertProblem(casting.server.delete("/v1/voices/qwen-tts-vc-old-voice-1"), 404, "NotFound", "voice");
        assertProblem(casting.server.delete("/v1/voices/Cherry"), 409, "BuiltInVoice", "");
        assertThat(JSON.readTree(casting.server.get("/v1/voices").body()).path("voices"))
                .hasSize(49);
    }

    @Test
    void aVoiceWithABlankInItsNameIsFoundAndHeard() {
        assertThat(JSON.readTree(casting.server.get("/v1/voices/Eldric%20Sage").body())
                        .path("name")
                        .asString())
                .isEqualTo("Eldric Sage");
        HttpResponse<byte[]> wav = casting.server.bytes("/v1/voices/Eldric%20Sage/preview");
        assertThat(wav.headers().firstValue("content-type")).hasValue("audio/wav");
        assertThat(Arrays.copyOfRange(wav.body(), 44, wav.body().length)).isEqualTo(SOUND);
        assertThat(new String(wav.body(), 0, 4, UTF_8)).isEqualTo("RIFF");
        assertThat(ByteBuffer.wrap(wav.body()).order(ByteOrder.LITTLE_ENDIAN).getInt(40))
                .isEqualTo(SOUND.length);
        assertThat(casting.engine.requests()).singleElement().satisfies(request -> {
            assertThat(request.languageType()).isEqualTo("English");
            assertThat(request.text()).startsWith("Hello");
        });
    }

    @Test
    void aPreviewSpeaksTheLanguageThatIsAskedForAndADialectItsOwn() {
        assertThat(casting.server.bytes("/v1/voices/Cherry/preview?language=de").statusCode())
                .isEqualTo(200);
        assertThat(casting.server.bytes("/v1/voices/Kiki/preview").statusCode()).isEqualTo(200);
        assertThat(casting.engine.requests())
                .extracting(
                        request -> request.languageType() + " " + request.text().substring(0, 2))
                .containsExactly("German Gu", "Chinese 你好");
        assertProblem(casting.server.get("/v1/voices/Cherry/preview?language=tlh"), 400, "InvalidField", "language");
        assertProblem(casting.server.get("/v1/voices/Nobody/preview"), 404, "NotFound", "voice");
    }

    @Test
    void withoutAnAccountNothingIsMadeButAllIsListed() {
        try (var local = casting.server(CustomVoices.none())) {
            assertProblem(local.post("/v1/voices", DESIGN), 501, "NoVoiceStudio", "");
            assertThat(JSON.readTree(local.post("/v1/voices", DESIGN).body())
                            .path("detail")
                            .asString())
                    .contains("DASHSCOPE_API_KEY", "gateway.engine");
            assertThat(JSON.readTree(local.get("/v1/voices").body()).path("voices"))
                    .hasSize(49);
            assertProblem(local.get("/v1/voices/qwen-tts-vc-x"), 404, "NotFound", "voice");
        }
    }

    @Test
    void aVoiceWithoutAModelIsShownAllTheSame() {
        casting.studio.add(new CustomVoice("odd", Voice.Kind.DESIGNED, "", null, null, null));
        assertThat(JSON.readTree(casting.server.get("/v1/voices/odd").body()).path("models"))
                .isEmpty();
    }
}
