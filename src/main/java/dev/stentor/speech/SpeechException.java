package dev.stentor.speech;

import org.jspecify.annotations.Nullable;

/** An exception that carries a {@link SpeechFailure} through a publisher. */
public final class SpeechException extends RuntimeException {

    private final transient SpeechFailure failure;

    /** Carries a failure without a cause. */
    public SpeechException(SpeechFailure failure) {
        this(failure, null);
    }

    /** Carries a failure and its cause, which is for the log, never for a client. */
    public SpeechException(SpeechFailure failure, @Nullable Throwable cause) {
        super(failure.code() + ": " + failure.message(), cause);
        this.failure = failure;
    }

    /** Returns the failure, as a value to switch on. */
    public SpeechFailure failure() {
        return failure;
    }
}
