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

    /** Counts messages that were given to the sockets of listeners; one that many listeners get counts for each. */
    default void sent(long messages) {}

    /** Takes note of a listener that has joined. */
    default void joined(ListenerJoin join) {}

    /**
     * Takes note of a player's report.
     *
     * @param underruns number of times that it ran dry since its last report
     * @param behindMillis sound by which it is behind what was released; 0 if it does not play
     */
    default void reported(long underruns, long behindMillis) {}
}
