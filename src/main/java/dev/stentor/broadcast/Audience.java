package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;

/** The listeners of a channel in one format. Confined to the clock's thread. */
sealed interface Audience permits Rendition, OpusRendition {

    /**
     * Admits a listener. It is greeted, and gets entries, on its own event loop; {@link #dismiss} must follow.
     *
     * @param onLeave called once, from any thread, when it has left
     */
    void admit(Listener listener, JoinRequest request, Runnable onLeave);

    /** Removes a listener that was admitted and has left. */
    void dismiss(Listener listener);

    /** Hands the entries that have gathered to the event loops. */
    void flush();

    /** Returns after how many ticks the next sound is sent to one of them; the longest batch if there are none. */
    int ticksUntilSent(long nowMicros);

    /** Sends all listeners away; they are asked to come back after a rest, spread over the given time. */
    void drain(long restMillis, long spreadMillis);

    /** Closes all listeners; they are not asked back. */
    void sendAway(CloseReason reason);

    /** Treats all listeners, and those who come, by other parameters; the format stays. */
    void follow(StreamParameters parameters);

    /** Gives all memory back. The listeners' groups give back theirs when they have left. */
    void release();
}
