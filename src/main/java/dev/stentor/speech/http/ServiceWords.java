package dev.stentor.speech.http;

/**
 * Carries on what a service wrote for people: at bounded length, and never with our key, which some services quote.
 *
 * @param key the secret; empty if there is none
 */
public record ServiceWords(String key) {

    private static final int LONGEST_CODE = 100;
    private static final int LONGEST_MESSAGE = 500;

    /** A code, or another short name. */
    public String code(String text) {
        return cut(text, LONGEST_CODE);
    }

    /** A sentence or two. */
    public String message(String text) {
        return cut(text, LONGEST_MESSAGE);
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "ServiceWords[]";
    }

    private String cut(String text, int longest) {
        String safe = key.isEmpty() ? text : text.replace(key, "[key]");
        return safe.length() <= longest ? safe : safe.substring(0, longest) + "…";
    }
}
