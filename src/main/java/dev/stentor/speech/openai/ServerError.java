package dev.stentor.speech.openai;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server's description of an error, in any of the usual forms: OpenAI's envelope, FastAPI's {@code detail} (text, object, or
 * the list of a validation), bare members, or plain text.
 *
 * @param code a short name; null if it gave none
 * @param message a sentence; null if it gave none
 */
record ServerError(@Nullable String code, @Nullable String message) {

    private static final ServerError NONE = new ServerError(null, null);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Parses an error's body. Never fails, because the HTTP status says enough if the body cannot be read. Quotes no web page.
     */
    static ServerError of(String body) {
        String text = body.strip();
        if (!text.startsWith("{")) {
            return text.isEmpty() || text.startsWith("<") ? NONE : new ServerError(null, firstLine(text));
        }
        try {
            return of(JSON.readTree(text));
        } catch (JacksonException _) {
            return NONE;
        }
    }

    /** Reads an error from JSON. */
    static ServerError of(JsonNode node) {
        for (String envelope : new String[] {"error", "detail"}) {
            JsonNode inner = node.path(envelope);
            if (inner.isString() && node.path("message").isString()) {
                return new ServerError(inner.stringValue(), node.path("message").stringValue());
            }
            if (inner.isString()) {
                return new ServerError(null, inner.stringValue());
            }
            if (inner.isObject()) {
                return of(inner);
            }
            if (inner.isArray() && !inner.isEmpty()) {
                return validation(inner.get(0));
            }
        }
        String code = text(node, "code");
        return new ServerError(code == null ? text(node, "type") : code, text(node, "message"));
    }

    /** Returns only the place and the reason of a wrong input, because such an entry quotes the input as well. */
    private static ServerError validation(JsonNode entry) {
        var where = new StringBuilder();
        for (JsonNode step : entry.path("loc")) {
            where.append(where.isEmpty() ? "" : ".").append(step.asString());
        }
        String why = text(entry, "msg");
        return new ServerError(text(entry, "type"), why == null ? null : where.isEmpty() ? why : where + ": " + why);
    }

    /** Returns a member's text; null if it is not text or a number, or is empty. */
    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        String text = value.isString() || value.isNumber() ? value.asString() : "";
        return text.isEmpty() ? null : text;
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end).strip();
    }
}
