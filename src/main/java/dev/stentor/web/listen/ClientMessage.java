package dev.stentor.web.listen;

import dev.stentor.access.Action;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The types of messages that a client sends, each with the right that it needs. */
enum ClientMessage {
    HELLO(Action.LISTEN, ListenControl.NONE),
    TIME(Action.LISTEN, ListenControl.NONE),
    REPORT(Action.LISTEN, ListenControl.NONE),
    FLOW(Action.LISTEN, ListenControl.NONE),
    BYE(Action.LISTEN, ListenControl.NONE),
    SAY(Action.SPEAK, ListenControl.SAY),
    INTERRUPT(Action.SPEAK, ListenControl.INTERRUPT);

    private static final JsonMapper JSON = new JsonMapper();

    private final Action action;
    private final ListenControl control;

    ClientMessage(Action action, ListenControl control) {
        this.action = action;
        this.control = control;
    }

    /** Reads a message; throws {@link BadMessage} if it is no JSON object. */
    static JsonNode parse(String text) {
        JsonNode node = readTree(text);
        if (node == null || !node.isObject()) {
            throw new BadMessage("message", "Messages are JSON objects.");
        }
        return node;
    }

    private static @Nullable JsonNode readTree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            return null;
        }
    }

    /** Returns the type that a message names; empty if there is no such type. */
    static Optional<ClientMessage> named(String type) {
        return Arrays.stream(values())
                .filter(message -> message.type().equals(type))
                .findFirst();
    }

    /** Returns the value of the field {@code t}. */
    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    Action action() {
        return action;
    }

    /** Returns what listeners without a name must be allowed besides. */
    ListenControl control() {
        return control;
    }
}
