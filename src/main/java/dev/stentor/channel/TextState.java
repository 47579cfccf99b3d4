package dev.stentor.channel;

/** The state of the text of an open utterance. */
public enum TextState {
    /** More may come. */
    OPEN,
    /** The writer has ended it. */
    ENDED,
    /** No piece came for too long, and it was ended. */
    TIMED_OUT
}
