package dev.stentor.web.listen;

import dev.stentor.broadcast.ListenerReport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The reading of a client's message. Each method throws {@link BadMessage} if the message is none of the protocol. */
final class MessageJson {

    /** The reader has its deserializer from the start: nobody waits for a lock when the first messages come on two event loops. */
    private static final ObjectReader JSON = new JsonMapper().readerFor(JsonNode.class);

    /** The most characters of a client's time stamp, which is returned as it came. */
    static final int MAX_STAMP_CHARACTERS = 32;

    private MessageJson() {}

    /** Returns what a player tells about itself. */
    static ListenerReport report(JsonNode message) {
        JsonNode cut = message.path("cut");
        return new ListenerReport(
                whole(message, "pos"),
                (int) whole(message, "gen"),
                whole(message, "buffer_ms"),
                whole(message, "underruns"),
                message.path("state").asString(""),
                number(message, "sync_error_ms"),
                booleanIfGiven(message, "muted"),
                cut.isObject() ? new ListenerReport.Cut((int) whole(cut, "gen"), whole(cut, "pos")) : null);
    }

    /** Returns the time stamp of a question for the time, a JSON number. */
    static String stamp(JsonNode message) {
        JsonNode t0 = message.path("t0");
        if (!t0.isNumber() || t0.toString().length() > MAX_STAMP_CHARACTERS || !Double.isFinite(t0.doubleValue())) {
            throw new BadMessage("t0", "The stamp is a number of up to " + MAX_STAMP_CHARACTERS + " characters.");
        }
        return t0.toString();
    }

    /** Returns a number as a whole one; 0 if it is missing. */
    static long whole(JsonNode message, String field) {
        JsonNode value = message.path(field);
        if (value.isMissingNode()) {
            return 0;
        }
        if (!value.isNumber()) {
            throw new BadMessage(field, "The value is a number.");
        }
        return value.asLong(0);
    }

    /** Returns a number; null if it is missing. */
    static @Nullable Double number(JsonNode message, String field) {
        JsonNode value = message.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new BadMessage(field, "The value is a number.");
        }
        return value.doubleValue();
    }

    /** Returns a truth value; null if it is missing or null. */
    static @Nullable Boolean booleanIfGiven(JsonNode message, String field) {
        JsonNode value = message.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isBoolean()) {
            throw new BadMessage(field, "The value is true or false.");
        }
        return value.asBoolean();
    }

    /** Returns the object that a message is. */
    static JsonNode parse(String text) {
        JsonNode node = read(text);
        if (node == null || !node.isObject()) {
            throw new BadMessage("message", "Messages are JSON objects.");
        }
        return node;
    }

    private static @Nullable JsonNode read(String text) {
        try {
            return JSON.readValue(text);
        } catch (JacksonException e) {
            return null;
        }
    }
}
