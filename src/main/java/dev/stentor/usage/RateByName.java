package dev.stentor.usage;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * A rate that each name has for itself. Counts as the generic cell rate algorithm does, so one number is the state of a name. At most
 * 10,000 names have a place; those that find none share one. Thread-safe.
 */
public final class RateByName {

    private static final int MOST_NAMES = 10_000;
    private static final String ALL_OTHERS = "";

    private final long intervalMicros;
    private final long burstMicros;
    private final LongSupplier micros;
    private final ConcurrentMap<String, Long> paidUntilMicros = new ConcurrentHashMap<>();

    /**
     * Creates a rate that nobody has used.
     *
     * @param interval time between two of a name in the long run; must be positive
     * @param burst how many of a name may come at once; must be positive
     * @param micros the time, from any origin
     */
    public RateByName(Duration interval, int burst, LongSupplier micros) {
        if (!interval.isPositive() || burst < 1) {
            throw new IllegalArgumentException(
                    "a rate is positive, was one in " + interval + " and " + burst + " at once");
        }
        this.intervalMicros = Math.max(1, interval.toNanos() / 1_000);
        this.burstMicros = intervalMicros * burst;
        this.micros = micros;
    }

    /** Counts one of a name. Returns zero; or, if it is too many, the time to wait for the next one, and then counts nothing. */
    public Duration count(String name) {
        long now = micros.getAsLong();
        var over = new long[1];
        var _ = paidUntilMicros.compute(place(name, now), (_, paid) -> {
            long from = paid == null ? now : Math.max(now, paid);
            over[0] = from + intervalMicros - now - burstMicros;
            return over[0] > 0 ? paid : Long.valueOf(from + intervalMicros);
        });
        return over[0] <= 0 ? Duration.ZERO : Duration.ofNanos(over[0] * 1_000);
    }

    private String place(String name, long now) {
        if (paidUntilMicros.containsKey(name) || paidUntilMicros.size() < MOST_NAMES) {
            return name;
        }
        var _ = paidUntilMicros.values().removeIf(paid -> paid <= now);
        return paidUntilMicros.size() < MOST_NAMES ? name : ALL_OTHERS;
    }
}
