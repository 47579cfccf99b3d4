package dev.stentor.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A request for speech as a client sends it, an engine, and checks of errors. */
final class Question {

    static final byte[] SOUND = Signals.selfIndexing(10_000);

    private Question() {}

    static ScriptedEngine speaking() {
        return ScriptedEngine.speaking(SOUND, 1_922);
    }

    static String asking(String members) {
        return "{\"input\":\"Hello.\"," + members + "}";
    }

    static HttpResponse<byte[]> answer(SpeechEngine engine, String body) {
        try (var server = new SpeechServer(engine)) {
            return server.post(body);
        }
    }

    static void assertError(
            HttpResponse<byte[]> answer, int status, String type, @Nullable String param, String code, String words) {
        JsonNode body = JsonMapper.shared().readTree(answer.body());
        JsonNode error = body.path("error");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(answer.headers().firstValue("x-request-id")).hasValue(SpeechServer.REQUEST_ID);
        assertThat(body.propertyNames()).containsExactly("error");
        assertThat(error.propertyNames()).containsExactly("message", "type", "param", "code");
        assertThat(error.path("type").stringValue()).isEqualTo(type);
        assertThat(error.path("param").stringValue(null)).isEqualTo(param);
        assertThat(error.path("code").stringValue()).isEqualTo(code);
        assertThat(error.path("message").stringValue()).contains(words);
    }
}
