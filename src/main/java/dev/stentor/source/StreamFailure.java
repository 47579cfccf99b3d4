package dev.stentor.source;

import dev.stentor.audio.UnreadableSound;
import java.net.ConnectException;

/** The failure of a stream. It is a {@link ConnectException} because Netty connections may fail with it. */
final class StreamFailure extends ConnectException {

    private final Kind kind;

    /** The kind of a failure, which decides whether the stream is fetched again. */
    enum Kind {
        /** The address is not allowed. The stream is not fetched again. */
        REFUSED,
        /** The answer is no sound, or there is none at the address. The stream is not fetched again. */
        UNUSABLE,
        /** No sound came for too long. */
        STALLED,
        /** The stream broke off, or could not be reached. */
        BROKEN
    }

    StreamFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /** Tells whether the stream is not fetched again. */
    boolean isFinal() {
        return kind == Kind.REFUSED || kind == Kind.UNUSABLE;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    /** Translates any failure of a call. */
    static StreamFailure of(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamFailure known) {
                return known;
            }
            if (cause instanceof UnreadableSound unreadable) {
                return new StreamFailure(Kind.UNUSABLE, unreadable.detail());
            }
        }
        return new StreamFailure(Kind.BROKEN, "The stream could not be reached, or broke off.");
    }
}
