package dev.stentor.web.listen;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** The reading of a client's message. Each method throws {@link BadMessage} if the message is none of the protocol. */
final class MessageJson {

    /** The reader has its deserializer from the start: nobody waits for a lock when the first messages come on two event loops. */
    private static final ObjectReader JSON = new JsonMapper().readerFor(JsonNode.class);

    private MessageJson() {}

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
