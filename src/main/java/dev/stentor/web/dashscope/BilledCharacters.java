package dev.stentor.web.dashscope;

/** The service's rule for {@code usage.characters}: a Han character counts 2, every other one 1. */
final class BilledCharacters {

    private BilledCharacters() {}

    static long of(String text) {
        return text.codePoints()
                .mapToLong(character -> Character.UnicodeScript.of(character) == Character.UnicodeScript.HAN ? 2 : 1)
                .sum();
    }
}
