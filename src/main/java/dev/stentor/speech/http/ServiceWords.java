package dev.stentor.speech.http;

/**
 * A filter for texts of a service that people will read. It limits their length and removes our key, which some services quote.
 *
 * @param key the secret to remove; empty if there is none
 */
public record ServiceWords(String key) {

    private static final int LONGEST_CODE = 100;
    private static final int LONGEST_MESSAGE = 500;

    /** Returns a safe code or another short name, of at most 100 characters. */
    public String code(String text) {
        return cut(text, LONGEST_CODE);
    }

    /** Returns a safe message of at most 500 characters. */
    public String message(String text) {
        return cut(text, LONGEST_MESSAGE);
    }

    /** Returns a text without the key. */
    @Override
    public String toString() {
        return "ServiceWords[]";
    }

    private String cut(String text, int longest) {
        String safe = key.isEmpty() ? text : text.replace(key, "[key]");
        return safe.length() <= longest ? safe : safe.substring(0, longest) + "…";
    }
}
