package dev.stentor.web.listen;

import dev.stentor.broadcast.socket.CloseReason;

/** A client's message that breaks the protocol: the client is told the field and why, and is closed. */
final class BadMessage extends RuntimeException {

    private final CloseReason reason;
    private final String explanation;

    BadMessage(String field, String explanation) {
        this(CloseReason.BAD_MESSAGE, field, explanation);
    }

    BadMessage(CloseReason reason, String field, String explanation) {
        super(field + ": " + explanation);
        this.reason = reason;
        this.explanation = field + ": " + explanation;
    }

    CloseReason reason() {
        return reason;
    }

    /** Begins with the field's name. */
    String explanation() {
        return explanation;
    }
}
