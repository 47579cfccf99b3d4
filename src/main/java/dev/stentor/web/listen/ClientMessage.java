package dev.stentor.web.listen;

import dev.stentor.access.Action;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The types of messages that a client sends, each with the right that it needs. */
enum ClientMessage {
    HELLO(Action.LISTEN, ListenControl.NONE),
    TIME(Action.LISTEN, ListenControl.NONE),
    REPORT(Action.LISTEN, ListenControl.NONE),
    FLOW(Action.LISTEN, ListenControl.NONE),
    BYE(Action.LISTEN, ListenControl.NONE),
    SAY(Action.SPEAK, ListenControl.SAY),
    INTERRUPT(Action.SPEAK, ListenControl.INTERRUPT);

    private static final Map<String, ClientMessage> BY_TYPE =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ClientMessage::type, message -> message));

    private final String type = name().toLowerCase(Locale.ROOT);
    private final Action action;
    private final ListenControl control;

    ClientMessage(Action action, ListenControl control) {
        this.action = action;
        this.control = control;
    }

    /** Returns the type that a message names; empty if there is no such type. */
    static Optional<ClientMessage> named(String type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    /** Returns the value of the field {@code t}. */
    String type() {
        return type;
    }

    Action action() {
        return action;
    }

    /** Returns what listeners without a name must be allowed besides. */
    ListenControl control() {
        return control;
    }
}
