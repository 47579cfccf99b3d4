package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;

/** Those who listen to a channel in one format. Confined to the clock's thread. */
sealed interface Audience permits Rendition, OpusRendition {

    /**
     * Lets a listener in. It is greeted, and gets entries, on its own event loop; {@link #dismiss} must follow.
     *
     * @param onLeave called once, from any thread, when it has left
     */
    void admit(Listener listener, JoinRequest request, Runnable onLeave);

    /** A listener that was admitted has left. */
    void dismiss(Listener listener);

    /** Hands on what has gathered. */
    void flush();

    /** Sends all listeners away; they are asked to come back after a rest, spread over the given time. */
    void drain(long restMillis, long spreadMillis);

    /** Closes all listeners; they are not asked back. */
    void sendAway(CloseReason reason);

    /** What was agreed has changed, but not the format: for whoever comes, and for all who are there. */
    void follow(StreamParameters terms);

    /** Gives all memory back. The listeners' groups give back theirs when they have left. */
    void release();
}
