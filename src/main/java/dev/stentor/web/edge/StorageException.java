package dev.stentor.web.edge;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** A failure to store what a client uploads, usually because the disk is full. */
public final class StorageException extends RuntimeException {

    private static final Logger LOG = LoggerFactory.getLogger(StorageException.class);

    /** The status of the answer: 507. */
    public static final HttpStatus STATUS = HttpStatus.INSUFFICIENT_STORAGE;

    /** The code of the answer. */
    public static final String CODE = "InsufficientStorage";

    /** The sentence of the answer. */
    public static final String SENTENCE = "The gateway has no space to store the upload now.";

    StorageException(IOException cause) {
        super(SENTENCE, cause);
        LOG.atWarn().addKeyValue("reason", String.valueOf(cause.getMessage())).log("An upload could not be stored");
    }

    /** Returns a failure to store for a disk that is full, and all other errors unchanged. */
    public static Throwable ifDiskIsFull(Throwable error) {
        String reason = error instanceof IOException ? String.valueOf(error.getMessage()) : "";
        return reason.contains("No space left") || reason.contains("quota")
                ? new StorageException((IOException) error)
                : error;
    }

    /** Returns the problem to answer with in the gateway's own API. */
    public ProblemException problem() {
        return Problem.of(STATUS, CODE, SENTENCE).exception();
    }
}
