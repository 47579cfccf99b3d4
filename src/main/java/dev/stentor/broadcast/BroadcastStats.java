package dev.stentor.broadcast;

/** What broadcasts tell of their listeners, to be counted. Called from any thread; must not block. */
public interface BroadcastStats {

    /** Counts nothing. */
    BroadcastStats NONE = (cause, gaps, millis) -> {};

    /**
     * A listener lost sound.
     *
     * @param gaps 1 if a run of loss began; 0 if the latest one became longer
     */
    void lost(GapCause cause, int gaps, long millis);
}
