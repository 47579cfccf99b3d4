package dev.stentor.web.edge;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/** The form of a refusal before an API was reached: each API's clients know their own. */
enum RefusalShape {
    /** A problem detail (RFC 9457). */
    PROBLEM {
        @Override
        String json(HttpStatus status, String code, String sentence) {
            return """
                    {"type":"urn:stentor:problem:%s","title":"%s","status":%d,"detail":"%s","code":"%s"}""".formatted(code, status.getReasonPhrase(), status.value(), sentence, code);
        }
    },
    /** An error of OpenAI's API. */
    OPENAI {
        @Override
        String json(HttpStatus status, String code, String sentence) {
            String type = status.is5xxServerError() ? "server_error" : "invalid_request_error";
            String name = code.replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            return """
                    {"error":{"message":"%s","type":"%s","param":null,"code":"%s"}}""".formatted(sentence, type, name);
        }
    },
    /** An error of the DashScope API. */
    DASHSCOPE {
        @Override
        String json(HttpStatus status, String code, String sentence) {
            return """
                    {"code":"%s","message":"%s","request_id":""}""".formatted(code, sentence);
        }
    };

    /** Returns the form for a path. */
    static RefusalShape of(String path) {
        if (path.startsWith("/api")) {
            return DASHSCOPE;
        }
        return path.startsWith("/v1/audio/speech") ? OPENAI : PROBLEM;
    }

    /** Returns the JSON; neither code nor sentence may need escapes. */
    abstract String json(HttpStatus status, String code, String sentence);

    byte[] body(HttpStatus status, String code, String sentence) {
        return json(status, code, sentence).getBytes(StandardCharsets.UTF_8);
    }

    MediaType type() {
        return this == PROBLEM ? MediaType.APPLICATION_PROBLEM_JSON : MediaType.APPLICATION_JSON;
    }
}
