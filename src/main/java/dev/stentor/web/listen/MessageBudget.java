package dev.stentor.web.listen;

/**
 * The pace at which a client's messages are read: so many a second, and so many more at once. Counts as the generic cell rate
 * algorithm does, so one number is its whole state. Confined to the connection's event loop.
 */
final class MessageBudget {

    private static final long MICROS_PER_SECOND = 1_000_000;

    private final long intervalMicros;
    private final long burstMicros;
    private long paidUntilMicros = Long.MIN_VALUE;

    /**
     * Creates a budget of which nothing is spent.
     *
     * @param perSecond messages a second; 0 means as many as come
     * @param burst messages that may come at once before that
     */
    MessageBudget(int perSecond, int burst) {
        intervalMicros = perSecond == 0 ? 0 : MICROS_PER_SECOND / perSecond;
        burstMicros = burst * intervalMicros;
    }

    /** Tells whether another message can be spent, and the next one be read at once. */
    boolean covers(long nowMicros) {
        return intervalMicros == 0 || Math.max(nowMicros, paidUntilMicros) + intervalMicros <= nowMicros + burstMicros;
    }

    /** Spends one message. Returns how many microseconds must pass before the next one may be read; 0 means none. */
    long spend(long nowMicros) {
        if (intervalMicros == 0) {
            return 0;
        }
        paidUntilMicros = Math.max(nowMicros, paidUntilMicros) + intervalMicros;
        return Math.max(0, paidUntilMicros - nowMicros - burstMicros);
    }
}
