package dev.stentor.source;

/** Something that cannot be mixed in, and why, in a sentence for whoever asked. */
public final class SourceException extends RuntimeException {

    private final Refusal refusal;

    /** What was wrong. */
    public enum Refusal {
        /** There is no such sound. */
        UNKNOWN,
        /** The name belongs to one that cannot be replaced. */
        TAKEN,
        /** It is too long, or there are too many. */
        TOO_MUCH,
        /** The operator has not allowed that address. */
        NOT_ALLOWED
    }

    /** For that reason. */
    public SourceException(Refusal refusal, String message) {
        super(message);
        this.refusal = refusal;
    }

    /** The reason. */
    public Refusal refusal() {
        return refusal;
    }

    /** The sentence. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
