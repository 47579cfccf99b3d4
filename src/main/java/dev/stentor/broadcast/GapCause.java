package dev.stentor.broadcast;

import java.util.Locale;

/** The cause why a listener lost sound. */
public enum GapCause {
    /** It fell behind. */
    SLOW,
    /** It fell behind while it was sent the past. */
    HISTORY,
    /** It had stopped the flow. */
    POLICY;

    /** Returns the word of the protocol and the meters. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
