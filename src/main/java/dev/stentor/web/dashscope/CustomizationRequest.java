package dev.stentor.web.dashscope;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The values of a request about voices, read from its body without holding the recording in memory.
 *
 * @param model model that makes the voice; null if there is none
 * @param input strings and numbers in {@code input}, as text
 * @param audioAt byte offset in the body of the quote that opens the string {@code input.audio.data}; negative if there is none
 */
record CustomizationRequest(@Nullable String model, Map<String, String> input, long audioAt) {

    private static final long NOWHERE = -1;

    /** Reads the body; throws a {@link Rejection} if it is not a JSON object. Blocks as the stream does. */
    static CustomizationRequest read(InputStream body) throws IOException {
        try (JsonParser json = Json.MAPPER.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new Rejection(Fault.invalid("The request body must be a JSON object."));
            }
            return read(json);
        } catch (JacksonException _) {
            throw new Rejection(Fault.invalid("The request body is not valid JSON."));
        }
    }

    /** Returns a value of {@code input}; empty if it is missing or an empty string. */
    Optional<String> value(String name) {
        return Optional.ofNullable(input.get(name)).filter(value -> !value.isEmpty());
    }

    private static CustomizationRequest read(JsonParser json) {
        String model = null;
        var input = new HashMap<String, String>();
        long audioAt = NOWHERE;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("model") && value == JsonToken.VALUE_STRING) {
                model = json.getString();
            } else if (name.equals("input") && value == JsonToken.START_OBJECT) {
                audioAt = input(json, input);
            } else {
                json.skipChildren();
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
            throw new Rejection(Fault.invalid("The request body is not valid JSON."));
        }
        return new CustomizationRequest(model, Map.copyOf(input), audioAt);
    }

    private static long input(JsonParser json, Map<String, String> input) {
        long audioAt = NOWHERE;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            if (name.equals("audio") && value == JsonToken.START_OBJECT) {
                audioAt = audio(json);
            } else if (value == JsonToken.VALUE_STRING || value.isNumeric()) {
                input.put(name, json.getString());
            } else {
                json.skipChildren();
            }
        }
        return audioAt;
    }

    private static long audio(JsonParser json) {
        long at = NOWHERE;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            if (json.nextToken() == JsonToken.VALUE_STRING && name.equals("data")) {
                at = json.currentTokenLocation().getByteOffset();
            } else {
                json.skipChildren();
            }
        }
        return at;
    }
}
