package dev.stentor.access;

/** Receiver of refusals, to be counted. Called on event loops; must not block. */
public interface AccessStats {

    /** Counts nothing. */
    AccessStats NONE = (_, _) -> {};

    /** Ways in which something was asked for. */
    enum Way {
        /** By an HTTP request. */
        REQUEST,
        /** By the handshake of a WebSocket. */
        HANDSHAKE,
        /** By a message over a WebSocket. */
        COMMAND
    }

    /** Counts something that was refused. */
    void refused(Way way, Decision.Reason reason);
}
