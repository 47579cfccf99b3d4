package dev.stentor.app;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Makes names and numbers that are unique. They are no secrets, and making them never blocks. */
final class Identifiers {

    private static final AtomicLong EPOCH = new AtomicLong();

    private Identifiers() {}

    /** 13 random characters behind a letter: unique for ever, for all that matters. */
    static String random(char prefix) {
        long bits = ThreadLocalRandom.current().nextLong();
        String digits = Long.toUnsignedString(bits, 36);
        return prefix + "0".repeat(13 - digits.length()) + digits;
    }

    /** In the form of a UUID, as the service has its request ids. */
    static String requestId() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Grows from call to call, and from start to start of this process as long as the wall clock does. */
    static long epoch() {
        return EPOCH.updateAndGet(last -> Math.max(last + 1, System.currentTimeMillis()));
    }
}
