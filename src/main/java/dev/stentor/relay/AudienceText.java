package dev.stentor.relay;

import dev.stentor.broadcast.RemoteAudience;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The form in which nodes tell each other of their listeners. */
final class AudienceText {

    private static final JsonMapper JSON = new JsonMapper();

    private AudienceText() {}

    static String of(RemoteAudience audience) {
        ObjectNode json = JSON.createObjectNode();
        json.put("listeners", audience.listeners());
        json.put("reporting", audience.reporting());
        json.put("in_step", audience.inStep());
        return JSON.writeValueAsString(json);
    }

    /** Returns the audience in a text; nobody if the text is of another form. */
    static RemoteAudience read(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return new RemoteAudience(
                    json.path("listeners").asInt(0),
                    json.path("reporting").asInt(0),
                    json.path("in_step").asBoolean(false));
        } catch (JacksonException unreadable) {
            return RemoteAudience.NONE;
        }
    }
}
