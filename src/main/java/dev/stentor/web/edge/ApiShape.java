package dev.stentor.web.edge;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The form of errors that the clients of an address know: each API that the gateway speaks has its own. */
public enum ApiShape {
    /** Problem details, RFC 9457: the gateway's own API, the page, and everything else. */
    PROBLEM {
        @Override
        ObjectNode node(HttpStatus status, String code, String detail) {
            return JSON.valueToTree(Problem.of(status, code, detail));
        }
    },
    /** The DashScope API. */
    DASHSCOPE {
        @Override
        ObjectNode node(HttpStatus status, String code, String detail) {
            return JSON.createObjectNode()
                    .put(
                            "code",
                            switch (status) {
                                case BAD_REQUEST -> "InvalidParameter";
                                case FORBIDDEN -> "AccessDenied";
                                default -> code;
                            })
                    .put("message", detail)
                    .put("request_id", "");
        }
    },
    /** OpenAI's API. */
    OPENAI {
        @Override
        ObjectNode node(HttpStatus status, String code, String detail) {
            ObjectNode body = JSON.createObjectNode();
            body.putObject("error")
                    .put("message", detail)
                    .put("type", status.is5xxServerError() ? "server_error" : "invalid_request_error")
                    .putNull("param")
                    .put("code", code.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT));
            return body;
        }
    };

    private static final JsonMapper JSON = new JsonMapper();

    /** Returns the shape for a path, which begins with a slash. Prefixes are enough: also an unknown path gets the shape of its API. */
    public static ApiShape of(String path) {
        if (path.startsWith("/v1/audio/speech")) {
            return OPENAI;
        }
        return isBelow(path, "/api") || isBelow(path, "/api-ws") ? DASHSCOPE : PROBLEM;
    }

    /** Returns the media type of the errors. */
    public MediaType contentType() {
        return this == PROBLEM ? MediaType.APPLICATION_PROBLEM_JSON : MediaType.APPLICATION_JSON;
    }

    /**
     * Returns an error as JSON in UTF-8.
     *
     * @param code stable name for programs, in the words of the gateway's own API
     * @param detail sentence that says what is wrong
     */
    public byte[] error(HttpStatus status, String code, String detail) {
        return node(status, code, detail).toString().getBytes(StandardCharsets.UTF_8);
    }

    abstract ObjectNode node(HttpStatus status, String code, String detail);

    private static boolean isBelow(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
