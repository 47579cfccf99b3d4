package dev.stentor.broadcast.socket;

/** The reason why a connection is closed. The range of its code tells the client what to do; see {@code docs/protocol.md}. */
public enum CloseReason {
    /** The client said good-bye. */
    BYE(1000, "good-bye"),
    /** The gateway shuts down or makes room: reconnect and resume. */
    DRAIN(4000, "the gateway is going away"),
    /** The channel's policy closes listeners that fall behind: reconnect and resume. */
    SLOW(4100, "the listener fell behind"),
    /** Two pings were not answered: reconnect and resume. */
    PING_TIMEOUT(4102, "no answer to pings"),
    /** The client sent something that is no message of this protocol. */
    BAD_MESSAGE(4400, "not a message of stentor.v1"),
    /** There is no such channel, or not any more. */
    NO_SUCH_CHANNEL(4404, "no such channel"),
    /** The client said no hello in time. */
    NO_HELLO(4408, "no hello in time"),
    /** The same client id has connected again. */
    REPLACED(4409, "replaced by the same client"),
    /** Somebody who manages the channel sent this listener away. */
    REMOVED(4410, "removed by whoever manages the channel"),
    /** A message is too large. */
    TOO_LARGE(4413, "message too large"),
    /** The gateway can produce no format that the client asks for. */
    NO_COMMON_FORMAT(4415, "no common format"),
    /** The hello names another version of the protocol. */
    VERSION(4426, "this gateway speaks version 1"),
    /** There are as many connections already as may be. */
    TOO_MANY_CONNECTIONS(4429, "too many connections"),
    /** The caller has as many listeners or channels as it may. */
    QUOTA(4429, "as many listeners or channels as this caller may have"),
    /** A fault of the gateway: reconnect, backing off. */
    INTERNAL(4500, "internal error"),
    /** The node that has the channel cannot be reached: reconnect, backing off. */
    UNREACHABLE(4503, "the node that has this channel cannot be reached");

    private final int code;
    private final String sentence;

    CloseReason(int code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    /** Returns the WebSocket close code. */
    public int code() {
        return code;
    }

    /** Returns a few words for people, under 123 bytes. */
    public String sentence() {
        return sentence;
    }
}
