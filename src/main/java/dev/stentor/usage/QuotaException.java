package dev.stentor.usage;

import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An exception for something that would be more than a caller may use. Has no stack trace, since it is no fault. */
public final class QuotaException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final Quota quota;
    private final Duration retryAfter;
    private final @Nullable Instant resetAt;

    /**
     * Creates a refusal.
     *
     * @param retryAfter time after which another try may go well
     * @param resetAt time from which on nothing of the quota is used; null if it is given back little by little
     */
    public QuotaException(Quota quota, Duration retryAfter, @Nullable Instant resetAt) {
        super(quota.sentence(), null, false, false);
        this.quota = quota;
        this.retryAfter = retryAfter;
        this.resetAt = resetAt;
    }

    public Quota quota() {
        return quota;
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    public @Nullable Instant resetAt() {
        return resetAt;
    }
}
