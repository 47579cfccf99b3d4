package dev.stentor.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** The forms of secrets: keys and tickets have 256 random bits behind a prefix, by which they are told apart. */
final class Secrets {

    private static final String KEY = "stk_";
    private static final String TICKET = "stt_";

    private static final int RANDOM_BYTES = 32;
    private static final Pattern REST = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** Returns a new key. */
    static String newKey() {
        return KEY + random();
    }

    /** Returns a new ticket. */
    static String newTicket() {
        return TICKET + random();
    }

    static boolean isKey(String token) {
        return has(KEY, token);
    }

    static boolean isTicket(String token) {
        return has(TICKET, token);
    }

    private static boolean has(String prefix, String token) {
        return token.startsWith(prefix)
                && REST.matcher(token.substring(prefix.length())).matches();
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
