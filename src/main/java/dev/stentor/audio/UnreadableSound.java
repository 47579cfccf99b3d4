package dev.stentor.audio;

/** An exception for a sound that cannot be read. Its message is a sentence for the sender, and holds nothing of the sound. */
public final class UnreadableSound extends RuntimeException {

    private final String code;

    /**
     * Creates an exception.
     *
     * @param code a stable name of the reason, for programs
     * @param message a sentence that tells which sounds are accepted
     */
    public UnreadableSound(String code, String message) {
        super(message);
        this.code = code;
    }

    /** Returns the stable name of the reason, for programs. */
    public String code() {
        return code;
    }

    /** Returns the message, a sentence for people. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
