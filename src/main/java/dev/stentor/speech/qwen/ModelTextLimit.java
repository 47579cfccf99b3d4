package dev.stentor.speech.qwen;

/**
 * How long the text of one request to a model may be.
 *
 * @param count at most so many
 * @param unit of what
 */
public record ModelTextLimit(int count, Unit unit) {

    /** What is counted. */
    public enum Unit {
        /** Unicode characters, each as one. Whether the service counts a Han character twice here is not documented. */
        CHARACTERS,
        /** As {@link TokenEstimate} has them. */
        TOKENS
    }

    public ModelTextLimit {
        if (count <= 0) {
            throw new IllegalArgumentException("count must be positive, was " + count);
        }
    }

    /** Whether a text fits into one request. */
    public boolean allows(String text) {
        return length(text) <= count;
    }

    /** How long a text is, in this unit. */
    public long length(String text) {
        return switch (unit) {
            case CHARACTERS -> text.codePointCount(0, text.length());
            case TOKENS -> TokenEstimate.of(text);
        };
    }
}
