package dev.stentor.channel;

/** Whether the text of an utterance that was begun before it was written goes on. */
public enum TextState {
    /** More may come. */
    OPEN,
    /** It was said that nothing will follow. */
    ENDED,
    /** Nothing came for so long that it was taken for ended. */
    TIMED_OUT
}
