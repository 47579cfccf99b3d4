package dev.stentor.web.connection;

/** Receiver of what happens to connections, to be counted. Called on event loops; must not block. */
public interface ConnectionStats {

    /** Counts nothing. */
    ConnectionStats NONE = new ConnectionStats() {
        @Override
        public void refused(Refusal cause) {}

        @Override
        public void timedOut(Deadline deadline) {}

        @Override
        public void malformed() {}

        @Override
        public void notAccepted() {}
    };

    /** Reasons for which a new connection, or a request that counts as one, is refused at once. */
    enum Refusal {
        /** There are as many connections as there may be. */
        TOTAL,
        /** There are as many from this address as there may be. */
        ADDRESS,
        /** There are as many requests on this HTTP/2 connection as there may be; the connection goes on. */
        STREAMS
    }

    /** Times that a client may take. */
    enum Deadline {
        /** For the head of a request. */
        HEADER,
        /** For the body of a request. */
        BODY,
        /** For the next request. */
        IDLE
    }

    /** Counts a connection that was closed as soon as it was opened, or a request that was refused in its place. */
    void refused(Refusal cause);

    /** Counts a connection that was closed because the client was too slow. */
    void timedOut(Deadline deadline);

    /** Counts a request that was refused because of its form, and its connection closed. */
    void malformed();

    /** Counts a connection that could not be accepted, because the process has no file handle left. */
    void notAccepted();
}
