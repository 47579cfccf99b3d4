package dev.stentor.speech.qwen;

/**
 * The limit of the text of one request to a model, as the service documents it.
 *
 * @param count largest length
 * @param unit unit of the length
 */
public record ModelTextLimit(int count, Unit unit) {

    /** The unit of a length. */
    public enum Unit {
        /** Unicode characters, each as one. Whether the service counts a Han character twice here is not documented. */
        CHARACTERS,
        /** Tokens, as {@link TokenEstimate} estimates them. */
        TOKENS
    }

    public ModelTextLimit {
        if (count <= 0) {
            throw new IllegalArgumentException("count must be positive, was " + count);
        }
    }

    /** Tells whether a text fits into one request. */
    public boolean allows(String text) {
        return length(text) <= count;
    }

    /** Returns the length of a text, in this unit. */
    long length(String text) {
        return switch (unit) {
            case CHARACTERS -> text.codePointCount(0, text.length());
            case TOKENS -> TokenEstimate.of(text);
        };
    }
}
