package dev.stentor.broadcast;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A listener, as it stood at the time of asking.
 *
 * @param connection this connection's own name
 * @param client the client's id; null if it gave none
 * @param gaps how often it lost sound
 * @param skippedMillis how much it lost
 * @param ledger what is known of what it has heard
 */
public record ListenerStatus(
        String connection, @Nullable String client, long gaps, long skippedMillis, HeardLedger.Snapshot ledger) {

    /** The latest report; null before the first. */
    public @Nullable ListenerReport report() {
        return ledger.report();
    }

    /**
     * How many of an utterance's samples it has heard, by its own reports, what it lost taken off; empty if it has not reported.
     *
     * @param generation of the utterance's frames
     * @param from the utterance's first sample
     * @param samples how many of it were released
     * @param nowMicros the clock's time: a player that plays goes on between its reports
     */
    public OptionalLong heard(int generation, long from, long samples, long nowMicros) {
        long heard = ledger.heard(generation, from, samples, nowMicros);
        return heard < 0 ? OptionalLong.empty() : OptionalLong.of(heard);
    }

    /** Whether it has said itself where it fell silent when that generation was cleared. */
    public boolean saysWhereItEnded(int generation) {
        return ledger.saysWhereItEnded(generation);
    }
}
