package dev.stentor.app;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Generators of unique ids. The ids are not secret, and generating them never blocks. Thread-safe. */
final class Identifiers {

    private static final AtomicLong EPOCH = new AtomicLong();

    private Identifiers() {}

    /** Returns an id of a letter and 13 random characters, which hold 64 bits. */
    static String random(char prefix) {
        long bits = ThreadLocalRandom.current().nextLong();
        String digits = Long.toUnsignedString(bits, 36);
        return prefix + "0".repeat(13 - digits.length()) + digits;
    }

    /** Returns a random id in the form of a UUID, which is the form of the service's request ids. */
    static String requestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Returns a number that grows with each call, and over restarts of this process as long as the wall clock does. */
    static long epoch() {
        return EPOCH.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis()));
    }
}
