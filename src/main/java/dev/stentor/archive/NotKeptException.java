package dev.stentor.archive;

import dev.stentor.speech.WholeFile;
import java.io.IOException;
import java.io.Serial;

/** Tells that a recording is given up because of a bound, and not because of the disk. */
final class NotKeptException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private final WholeFile.Why why;

    NotKeptException(WholeFile.Why why, String message) {
        super(message);
        this.why = why;
    }

    /** Returns why a recording ended that failed so. */
    static WholeFile.Why whyOf(Throwable error) {
        return error instanceof NotKeptException known ? known.why : WholeFile.Why.DISK;
    }
}
