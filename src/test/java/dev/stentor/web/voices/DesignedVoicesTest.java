package dev.stentor.web.voices;

import static dev.stentor.web.voices.Casting.DESIGN;
import static dev.stentor.web.voices.Casting.JSON;
import static dev.stentor.web.voices.Casting.assertProblem;
import static dev.stentor.web.voices.Casting.form;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.voices.DesignOrder;
import dev.stentor.testing.Recordings;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests of voices that are made from a description. */
class DesignedVoicesTest {

    private final Casting casting = new Casting();

    @AfterEach
    void end() {
        casting.close();
    }

    @Test
    void aDescriptionBecomesAVoiceWithAPreview() {
        HttpResponse<String> created = casting.server.post("/v1/voices", DESIGN);
        assertThat(created.statusCode()).isEqualTo(201);
        JsonNode voice = JSON.readTree(created.body());
        assertThat(voice.path("kind").asString()).isEqualTo("designed");
        assertThat(voice.path("note").asString()).isEqualTo("A calm man.");
        assertThat(voice.path("preview").path("data").asString()).isEqualTo("UklGRg==");
        assertThat(voice.path("preview").path("media_type").asString()).isEqualTo("audio/wav");
        assertThat(casting.studio.orders())
                .containsExactly(
                        new DesignOrder("herald", "qwen3-tts-vd-2026-01-26", "A calm man.", "Good evening.", "en"));
    }

    @ParameterizedTest(name = "{2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            "description":"d"             | "description":""                | InvalidField | description
            "description":"d"             | "describe":"d"                  | UnknownField | describe
            "preview_text":"p"            | "preview_text":" "              | InvalidField | preview_text
            "name":"n"                    | "name":"n-1"                    | InvalidField | name
            "language":"en"               | "language":"xx"                 | InvalidField | language
            "model":"qwen9"               | "model":"qwen3-tts-vc-2026-01-22" | InvalidField | model""")
    void aWrongDescriptionIsRefusedByField(String right, String wrong, String code, String field) {
        String body =
                "{\"description\":\"d\",\"preview_text\":\"p\",\"name\":\"n\",\"language\":\"en\",\"model\":\"qwen9\"}";
        assertThat(body).contains(right);
        assertProblem(casting.server.post("/v1/voices", body.replace(right, wrong)), 400, code, field);
        assertThat(casting.server.post("/v1/voices", body).statusCode()).isEqualTo(201);
    }

    @Test
    void textsOfADesignAreBounded() {
        assertProblem(
                casting.server.post("/v1/voices", DESIGN.replace("A calm man.", "d".repeat(2_049))),
                400,
                "InvalidField",
                "description");
        assertProblem(
                casting.server.post("/v1/voices", DESIGN.replace("Good evening.", "p".repeat(1_025))),
                400,
                "InvalidField",
                "preview_text");
    }

    @Test
    void whatTheStudioFailsWithIsAProblem() {
        casting.studio.failWith(new SpeechFailure.Refused(400, "Audio.PreprocessError", "No speech found.", "r"));
        assertProblem(casting.post(form(Recordings.wav(24_000, 1, 16, 12))), 400, "Audio.PreprocessError", "");
        casting.studio.failWith(new SpeechFailure.Refused(401, "InvalidApiKey", "Invalid key.", "r"));
        assertProblem(casting.server.post("/v1/voices", DESIGN), 502, "InvalidApiKey", "");
        casting.studio.failWith(new SpeechFailure.Throttled("Throttling", "Slowly.", Duration.ofSeconds(7)));
        HttpResponse<String> slow = casting.server.post("/v1/voices", DESIGN);
        assertProblem(slow, 429, "Throttling", "");
        assertThat(slow.headers().firstValue("retry-after")).hasValue("7");
    }
}
