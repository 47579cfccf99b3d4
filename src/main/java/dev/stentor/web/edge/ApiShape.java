package dev.stentor.web.edge;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The form of errors that the clients of an address know: each API that the gateway speaks has its own. */
public enum ApiShape {
    /** Problem details, RFC 9457: the gateway's own API, the page, and everything else. */
    PROBLEM {
        @Override
        ObjectNode node(Problem problem) {
            return JSON.valueToTree(problem);
        }
    },
    /** The DashScope API. */
    DASHSCOPE {
        @Override
        ObjectNode node(Problem problem) {
            return JSON.createObjectNode()
                    .put(
                            "code",
                            switch (problem.status()) {
                                case 400 -> "InvalidParameter";
                                case 403 -> "AccessDenied";
                                default -> problem.code();
                            })
                    .put("message", problem.detail())
                    .put("request_id", "");
        }
    },
    /** OpenAI's API. */
    OPENAI {
        @Override
        ObjectNode node(Problem problem) {
            ObjectNode body = JSON.createObjectNode();
            body.putObject("error")
                    .put("message", problem.detail())
                    .put("type", type(problem.status()))
                    .put("param", problem.field())
                    .put(
                            "code",
                            problem.code()
                                    .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                                    .toLowerCase(Locale.ROOT));
            return body;
        }

        private static String type(int status) {
            return switch (status) {
                case 401 -> "authentication_error";
                case 403 -> "permission_error";
                case 429 -> "rate_limit_error";
                default -> status < 500 ? "invalid_request_error" : "server_error";
            };
        }
    };

    private static final JsonMapper JSON = new JsonMapper();

    /** The parts of OpenAI's API that its clients ask for, also those that this gateway lacks. */
    private static final Set<String> OPENAI_ROOTS = Set.of(
            "audio",
            "models",
            "assistants",
            "batches",
            "chat",
            "completions",
            "embeddings",
            "files",
            "fine_tuning",
            "images",
            "moderations",
            "realtime",
            "responses",
            "threads",
            "uploads",
            "vector_stores");

    private static final Pattern OF_VERSION_1 = Pattern.compile("/v1/([^/]+)(/.*)?");
    private static final Pattern RECORDING = Pattern.compile("/v1/audio/.+\\.[a-z0-9]+");

    /** Returns the shape for a path, which begins with a slash. Also an unknown path gets the shape of its API. */
    public static ApiShape of(String path) {
        if (isBelow(path, "/api") || isBelow(path, "/api-ws")) {
            return DASHSCOPE;
        }
        Matcher parts = OF_VERSION_1.matcher(path);
        boolean openAi = parts.matches() && OPENAI_ROOTS.contains(parts.group(1));
        return openAi && !RECORDING.matcher(path).matches() ? OPENAI : PROBLEM;
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
        return error(Problem.of(status, code, detail));
    }

    /** Returns a problem as JSON in UTF-8. */
    byte[] error(Problem problem) {
        return node(problem).toString().getBytes(StandardCharsets.UTF_8);
    }

    abstract ObjectNode node(Problem problem);

    private static boolean isBelow(String path, String root) {
        return path.equals(root) || path.startsWith(root + "/");
    }
}
