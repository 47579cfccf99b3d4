package dev.stentor.audio;

/** A sound that cannot be read, and why, in a sentence for whoever sent it. Holds nothing of the sound. */
public final class UnreadableSound extends RuntimeException {

    private final String code;

    /**
     * A reason.
     *
     * @param code a stable name
     * @param message a sentence that says what is taken instead
     */
    public UnreadableSound(String code, String message) {
        super(message);
        this.code = code;
    }

    /** A stable name for programs. */
    public String code() {
        return code;
    }

    /** The sentence. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
