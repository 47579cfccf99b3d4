package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.testing.ScriptedEngine;
import java.net.http.HttpResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests to the DashScope API, and checks of its errors. */
final class DashScopeRequests {

    /** The body of a plain request. */
    static final String HELLO =
            "{\"model\":\"qwen3-tts-flash\",\"input\":{\"text\":\"Hello 世界\",\"voice\":\"Cherry\"}}";

    private DashScopeRequests() {}

    /** Returns an engine whose speech has no sound. */
    static ScriptedEngine silent() {
        return ScriptedEngine.speaking(new byte[0], 2);
    }

    /** Returns a body that asks for a text. */
    static String saying(String text) {
        return "{\"model\":\"m\",\"input\":{\"text\":\"" + text + "\"}}";
    }

    /** Posts a body to a gateway with that engine. */
    static HttpResponse<String> answer(SpeechEngine engine, String body) {
        try (var server = new LoopbackServer(engine)) {
            return server.post(body);
        }
    }

    /** Asserts that an answer is an error of the service's form. */
    static void assertError(HttpResponse<String> answer, int status, String code, String words) {
        JsonNode error = JsonMapper.shared().readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
        assertThat(error.propertyNames()).containsExactly("code", "message", "request_id");
        assertThat(error.path("code").stringValue()).isEqualTo(code);
        assertThat(error.path("message").stringValue()).contains(words);
        assertThat(error.path("request_id").stringValue()).isEqualTo(LoopbackServer.REQUEST_ID);
    }
}
