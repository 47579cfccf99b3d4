package dev.stentor.trace;

/** Names of what is told about a step. There is none for a text or a credential, so that none can be told. */
public enum TraceKey {
    /** Name of the API through which the text came, where it was no channel. */
    API("stentor.api"),
    /** Number of characters of a text, in UTF-16 units. */
    CHARACTERS("stentor.characters"),
    /** Name of a channel. */
    CHANNEL("stentor.channel"),
    /** Close code of a WebSocket. */
    CLOSE_CODE("stentor.close_code"),
    /** Id of a connection, as in the log. */
    CONNECTION("stentor.connection"),
    /** Reason of the end. */
    END("stentor.end"),
    /** Name of the engine, or of the upstream. */
    ENGINE("stentor.engine"),
    /** Format of the sound that a listener gets. */
    FORMAT("stentor.format"),
    /** Model that the request names. */
    MODEL("stentor.model"),
    /** Number of samples, at 24 kHz. */
    SAMPLES("stentor.samples"),
    /** Id of an utterance. */
    UTTERANCE("stentor.utterance");

    private final String attribute;

    TraceKey(String attribute) {
        this.attribute = attribute;
    }

    /** Returns the name in the trace. */
    public String attribute() {
        return attribute;
    }
}
