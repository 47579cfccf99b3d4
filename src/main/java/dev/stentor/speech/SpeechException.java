package dev.stentor.speech;

import org.jspecify.annotations.Nullable;

/** Carries a {@link SpeechFailure} through a publisher. */
public final class SpeechException extends RuntimeException {

    private final transient SpeechFailure failure;

    /** The failure, with nothing behind it. */
    public SpeechException(SpeechFailure failure) {
        this(failure, null);
    }

    /** The failure and what caused it; the cause is for the log, never for a client. */
    public SpeechException(SpeechFailure failure, @Nullable Throwable cause) {
        super(failure.code() + ": " + failure.message(), cause);
        this.failure = failure;
    }

    /** What went wrong, as a value to switch on. */
    public SpeechFailure failure() {
        return failure;
    }
}
