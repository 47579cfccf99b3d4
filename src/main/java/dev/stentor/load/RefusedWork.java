package dev.stentor.load;

/** The kinds of new work that are refused under overload. */
public enum RefusedWork {
    /** A request over HTTP. */
    REQUEST,
    /** A listener over WebSocket. */
    LISTENER,
    /** A text that a listener sends. */
    SAY
}
