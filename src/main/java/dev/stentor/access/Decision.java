package dev.stentor.access;

import dev.stentor.usage.Account;
import java.time.Duration;

/** The answer to an {@link Attempt}. */
public sealed interface Decision {

    /**
     * Lets the caller go on.
     *
     * @param account account on which its use is counted
     */
    record Allowed(Caller caller, Account account) implements Decision {}

    /**
     * Refuses.
     *
     * @param caller the caller, as far as known
     * @param retryAfter time after which it is worth another try; zero if the answer will be the same
     */
    record Refused(Reason reason, Caller caller, Duration retryAfter) implements Decision {}

    /** Reasons to refuse. */
    enum Reason {
        /** The caller is not known, and must be. */
        UNAUTHENTICATED,
        /** The caller is known, and lacks the right. */
        FORBIDDEN,
        /** The request comes from a foreign web page. */
        ORIGIN_NOT_ALLOWED,
        /** The caller is not known, and too many wrong credentials came from its address. */
        TOO_MANY_ATTEMPTS,
        /** The caller sends requests faster than it may. */
        TOO_MANY_REQUESTS,
        /** The keys that tokens are signed with, or the tickets that nodes share, are out of reach. */
        UNVERIFIABLE
    }
}
