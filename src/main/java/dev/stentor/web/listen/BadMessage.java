package dev.stentor.web.listen;

import dev.stentor.broadcast.socket.CloseReason;

/** A failure for a client's message that breaks the protocol: the client is told the field and the reason, and is closed. */
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

    /** Returns the explanation, which begins with the field's name. */
    String explanation() {
        return explanation;
    }
}
