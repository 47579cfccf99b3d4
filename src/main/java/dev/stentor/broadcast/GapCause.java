package dev.stentor.broadcast;

import java.util.Locale;

/** Why a listener lost sound. */
public enum GapCause {
    /** It fell behind. */
    SLOW,
    /** It fell behind while it was sent the past. */
    HISTORY,
    /** It had stopped the flow. */
    POLICY;

    /** As the protocol and the meters have it. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
