package dev.stentor.broadcast;

import dev.stentor.channel.TimelineSpan;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A listener, as it stood at the time of asking.
 *
 * @param connection this connection's own name
 * @param client the client's id; null if it gave none
 * @param losses what it lost
 * @param lagMillis by how much it is behind what was released: the age of what it gets next, or what its player has not played yet
 * @param ledger what is known of what it has heard
 */
public record ListenerStatus(
        String connection, @Nullable String client, Losses losses, HeardLedger.Snapshot ledger, long lagMillis) {

    /** One that has lost nothing and said nothing. */
    static ListenerStatus of(String connection, @Nullable String client) {
        return new ListenerStatus(connection, client, Losses.NONE, HeardLedger.Snapshot.NOTHING, 0);
    }

    /**
     * What a listener lost.
     *
     * @param gaps how often
     * @param skippedMillis how much
     * @param latest why it did last; null if it never did
     */
    public record Losses(
            long gaps, long skippedMillis, @Nullable GapCause latest) {

        static final Losses NONE = new Losses(0, 0, null);

        /** And one more run. */
        Losses and(GapCause cause, long millis) {
            return new Losses(gaps + 1, skippedMillis + millis, cause);
        }

        /** The latest run was longer. */
        Losses longerBy(long millis) {
            return new Losses(gaps, skippedMillis + millis, latest);
        }
    }

    ListenerStatus withLosses(Losses newLosses) {
        return new ListenerStatus(connection, client, newLosses, ledger, lagMillis);
    }

    ListenerStatus withLedger(HeardLedger.Snapshot newLedger) {
        return new ListenerStatus(connection, client, losses, newLedger, lagMillis);
    }

    ListenerStatus withLag(long millis) {
        return new ListenerStatus(connection, client, losses, ledger, millis);
    }

    /** The latest report; null before the first. */
    public @Nullable ListenerReport report() {
        return ledger.report();
    }

    /**
     * How many of an utterance's samples it has heard, by its own reports, what it lost taken off; empty if it has not reported.
     *
     * @param generation of the utterance's frames
     * @param stretches where what was released of it lies
     * @param nowMicros the clock's time: a player that plays goes on between its reports
     */
    public OptionalLong heard(int generation, List<TimelineSpan> stretches, long nowMicros) {
        long heard = ledger.heard(generation, stretches, nowMicros);
        return heard < 0 ? OptionalLong.empty() : OptionalLong.of(heard);
    }

    /** Tells whether it has said itself where it fell silent when that generation was cleared. */
    boolean saysWhereItEnded(int generation) {
        return ledger.saysWhereItEnded(generation);
    }

    /** Tells whether a clear of that generation silences it, and it has not said where yet. */
    boolean owesCut(int generation) {
        ListenerReport report = report();
        return report != null && !report.isLocked() && !saysWhereItEnded(generation);
    }
}
