package dev.stentor.broadcast;

/** A receiver of what broadcasts tell about losses of their listeners. Called from any thread; must not block. */
public interface BroadcastStats {

    /** A receiver that counts nothing. */
    BroadcastStats NONE = (cause, gaps, millis) -> {};

    /**
     * Counts sound that a listener lost.
     *
     * @param gaps 1 if a run of loss began; 0 if the latest one became longer
     */
    void lost(GapCause cause, int gaps, long millis);
}
