package dev.stentor.web.channels;

import static dev.stentor.web.channels.WritingDesk.ONE;
import static dev.stentor.web.channels.WritingDesk.UTTERANCES;
import static dev.stentor.web.channels.WritingDesk.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WritingApiTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final WritingDesk desk = new WritingDesk();

    @AfterEach
    void end() {
        desk.close();
    }

    @Test
    void aTextIsWrittenPieceByPieceAndSpokenWhole() throws Exception {
        HttpResponse<String> opened = desk.post(UTTERANCES, "{\"open\":true,\"voice\":\"Cherry\"}");
        assertThat(opened.statusCode()).isEqualTo(201);
        assertThat(opened.headers().firstValue("location")).contains(ONE);
        String withoutTimes = opened.body().replaceFirst("\"times\":\\{[^}]*},", "");
        assertThat(withoutTimes).as("it has times").isNotEqualTo(opened.body());
        assertThat(JSON.readTree(withoutTimes))
                .isEqualTo(
                        JSON.readTree("{\"id\":\"u1\",\"channel\":\"lobby\",\"state\":\"synthesizing\",\"text\":\"\","
                                + "\"text_state\":\"open\",\"next_seq\":1,\"voice\":\"Cherry\",\"samples\":0,"
                                + "\"progress\":{\"segments\":0,\"segments_begun\":0,\"characters\":0,\"estimated\":false},"
                                + "\"heard\":{\"samples\":0,\"ms\":0,\"characters\":0,\"estimated\":false,\"reported\":false},"
                                + "\"listeners\":[]}"));
        HttpResponse<String> first =
                desk.post(ONE + "/text", "{\"seq\":1,\"text\":\"This is the first sentence. An\"}");
        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body())
                .isEqualTo("{\"id\":\"u1\",\"state\":\"synthesizing\",\"text_state\":\"open\",\"characters\":30,"
                        + "\"next_seq\":2}");
        Awaitility.await().until(() -> desk.spoken().equals(List.of("This is the first sentence.")));
        assertThat(desk.post(ONE + "/text", "{\"seq\":2,\"text\":\"other one follows.\"}")
                        .statusCode())
                .isEqualTo(200);
        JsonNode ended = JSON.readTree(desk.post(ONE + "/end", "{\"seq\":3}").body());
        assertThat(ended.path("text_state").asString()).isEqualTo("ended");
        assertThat(desk.post(ONE + "/end", "").statusCode()).as("once more").isEqualTo(200);
        JsonNode over = desk.done();
        assertThat(over.path("text").asString()).isEqualTo("This is the first sentence. Another one follows.");
        assertThat(over.path("text_state").asString()).isEqualTo("ended");
        assertThat(over.at("/progress/segments").asInt()).isEqualTo(2);
        assertThat(desk.engine.requests()).extracting(SpeechRequest::voice).containsOnly("Cherry");
        assertThat(desk.spoken()).containsExactly("This is the first sentence.", "Another one follows.");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"seq":1,"text":"One. "}   | 200 |              | 3
            {"seq":2,"text":"Two. "}   | 200 |              | 3
            {"seq":3,"text":"Three. "} | 200 |              | 4
            {"seq":2,"text":"Zwei. "}  | 409 | SeqReused    | 3
            {"seq":4,"text":"Four. "}  | 409 | WrongSeq     | 3
            {"seq":0,"text":"a"}       | 400 | InvalidField | 0
            {"seq":-1,"text":"a"}      | 400 | InvalidField | 0
            {"text":"a"}               | 400 | InvalidField | 0
            {"seq":3}                  | 400 | InvalidField | 0
            {"seq":3,"text":5.5e}      | 400 | MalformedBody | 0
            {"seq":3,"words":"a"}      | 400 | UnknownField | 0
            """)
    void eachNumberIsTakenOnce(String body, int status, String code, long next) throws Exception {
        var _ = desk.post(UTTERANCES, "{\"open\":true}");
        var _ = desk.post(ONE + "/text", "{\"seq\":1,\"text\":\"One. \"}");
        var _ = desk.post(ONE + "/text", "{\"seq\":2,\"text\":\"Two. \"}");
        HttpResponse<String> answer = desk.post(ONE + "/text", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).path("next_seq").asLong(0)).isEqualTo(next);
        if (code != null) {
            assertThat(JSON.readTree(answer.body()).path("code").asString()).isEqualTo(code);
        }
        assertThat(JSON.readTree(desk.get(ONE).body()).path("text").asString()).startsWith("One. Two. ");
    }

    @Test
    void whatCannotGoOnSaysWhy() throws Exception {
        assertThat(desk.post(ONE + "/text", "{\"seq\":1,\"text\":\"a\"}").statusCode())
                .isEqualTo(404);
        var _ = desk.post(UTTERANCES, "{\"text\":\"Given whole.\"}");
        conflict(desk.post(ONE + "/text", "{\"seq\":1,\"text\":\"a\"}"), "NotOpen");
        conflict(desk.post(ONE + "/end", "{}"), "NotOpen");
        assertThat(desk.post(UTTERANCES + "/u9/end", "{}").statusCode()).isEqualTo(404);
        var _ = desk.post(UTTERANCES, "{\"open\":true,\"text\":\"Begun. \"}");
        assertThat(desk.post(UTTERANCES + "/u2/end", "{\"seq\":7}").statusCode())
                .isEqualTo(409);
        var _ = desk.post(UTTERANCES + "/u2/end", "{\"seq\":1}");
        conflict(desk.post(UTTERANCES + "/u2/text", "{\"seq\":1,\"text\":\"a\"}"), "TextEnded");
        var _ = desk.post(UTTERANCES, "{\"open\":true}");
        var _ = desk.post("/v1/channels/lobby/clear", "{}");
        conflict(desk.post(UTTERANCES + "/u3/text", "{\"seq\":1,\"text\":\"a\"}"), "UtteranceOver");
        assertThat(JSON.readTree(desk.post(UTTERANCES + "/u3/end", "{}").body())
                        .path("state")
                        .asString())
                .isEqualTo("cleared");
    }

    @Test
    void theFieldsOfAnOpenUtteranceAreCheckedLikeThoseOfAnyOther() throws Exception {
        assertThat(desk.post(UTTERANCES, "{\"open\":true,\"mode\":\"loud\"}").statusCode())
                .isEqualTo(400);
        assertThat(desk.post(UTTERANCES, "{\"open\":true,\"voice\":\"" + "v".repeat(201) + "\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(desk.post(UTTERANCES, "{\"open\":false}").statusCode()).isEqualTo(400);
        var _ = desk.post(UTTERANCES, "{\"open\":true}");
        HttpResponse<String> large = desk.post(ONE + "/text", "{\"seq\":1,\"text\":\"" + "a".repeat(300_000) + "\"}");
        assertThat(large.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(large.body()).path("code").asString()).isEqualTo("TooLong");
    }

    @Test
    void aPieceThatDoesNotFitNowIsToldWhenAndIsTakenLater() throws Exception {
        desk.useRoomFor(60);
        var _ = desk.post(UTTERANCES, "{\"open\":true,\"text\":\"This fits into the sixty that may wait here now.\"}");
        String more = "{\"seq\":1,\"text\":\" And this does not fit before that was said.\"}";
        HttpResponse<String> full = desk.post(ONE + "/text", more);
        assertThat(full.statusCode()).isEqualTo(429);
        assertThat(JSON.readTree(full.body()).path("code").asString()).isEqualTo("TooMuchText");
        assertThat(Long.parseLong(full.headers().firstValue("retry-after").orElseThrow()))
                .isPositive();
        Awaitility.await().until(() -> desk.post(ONE + "/text", more).statusCode() == 200);
        var _ = desk.post(ONE + "/end", "{\"seq\":2}");
        var _ = desk.done();
        assertThat(desk.spoken())
                .containsExactly(
                        "This fits into the sixty that may wait here now.",
                        "And this does not fit before that was said.");
    }

    @Test
    void theSameKeyFindsTheSameOpenUtterance() throws Exception {
        String body = "{\"open\":true}";
        HttpRequest.Builder open = desk.request(UTTERANCES, body).header("Idempotency-Key", "k");
        assertThat(send(open).body()).contains("\"id\":\"u1\"", "\"next_seq\":1");
        var _ = desk.post(ONE + "/text", "{\"seq\":1,\"text\":\"a\"}");
        assertThat(send(open).body()).contains("\"id\":\"u1\"", "\"next_seq\":2");
    }

    private static void conflict(HttpResponse<String> answer, String code) {
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(JSON.readTree(answer.body()).path("code").asString()).isEqualTo(code);
    }
}
