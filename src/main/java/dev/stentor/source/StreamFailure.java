package dev.stentor.source;

import dev.stentor.audio.UnreadableSound;
import java.net.ConnectException;

/** Why a stream gives no sound now. A connection may fail with it, which is why it is one of those. */
final class StreamFailure extends ConnectException {

    private final Kind kind;

    /** What is done about it. */
    enum Kind {
        /** Never to be fetched: nothing more is tried. */
        REFUSED,
        /** It is no sound, or there is none at that address: nothing more is tried. */
        UNUSABLE,
        /** Nothing came for too long. */
        STALLED,
        /** It broke off, or could not be reached. */
        BROKEN
    }

    StreamFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    boolean isFinal() {
        return kind == Kind.REFUSED || kind == Kind.UNUSABLE;
    }

    String detail() {
        return String.valueOf(getMessage());
    }

    /** Any failure of a call, as one of these. */
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
