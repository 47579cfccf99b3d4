package dev.stentor.source;

/** An exception for a sound that cannot be mixed in or stored. Its message is a sentence for the client. */
public final class SourceException extends RuntimeException {

    private final Refusal refusal;

    /** The reason. */
    public enum Refusal {
        /** There is no sound of that name. */
        UNKNOWN,
        /** The name belongs to a sound that cannot be replaced or deleted. */
        TAKEN,
        /** The sound is too long, or there are too many. */
        TOO_MUCH,
        /** The operator has not allowed the address. */
        NOT_ALLOWED
    }

    public SourceException(Refusal refusal, String message) {
        super(message);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }

    /** Returns the message, a sentence for people. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
