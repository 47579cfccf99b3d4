package dev.stentor.archive;

import java.io.Serial;

/** Thrown if a recording of another archive cannot be fetched: its gateway is not there, or the recording cannot be kept here. */
public final class UnreachableArchiveException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /** Creates the exception, without a stack trace. */
    public UnreachableArchiveException(Throwable cause) {
        super("a recording of another archive cannot be fetched", cause, false, false);
    }
}
