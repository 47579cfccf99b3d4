package dev.stentor.web.listen;

import dev.stentor.broadcast.socket.CloseReason;

/** Receiver of what clients of the listener protocol do too much, to be counted. Called on event loops; must not block. */
public interface ListenStats {

    /** Counts nothing. */
    ListenStats NONE = new ListenStats() {
        @Override
        public void slowedDown() {}

        @Override
        public void overflowed() {}
    };

    /** Counts a message after which a client was not read for a while, because it had sent too many. */
    void slowedDown();

    /** Counts a connection that was cut because too much waited for its client. */
    void overflowed();

    /** Counts a connection that was closed, or turned away, for this reason. */
    default void closed(CloseReason reason) {}

    /** Counts a command that was refused; the connection stays. */
    default void refused() {}
}
