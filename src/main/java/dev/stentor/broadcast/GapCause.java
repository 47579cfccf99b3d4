package dev.stentor.broadcast;

import java.util.Locale;

/** The cause why a listener lost sound. */
public enum GapCause {
    /** A listener that fell behind. */
    SLOW,
    /** A listener that fell behind while it was sent the past. */
    HISTORY,
    /** A listener that had stopped the flow. */
    POLICY;

    /** Returns the word of the protocol and the meters. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
