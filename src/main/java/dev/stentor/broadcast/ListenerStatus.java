package dev.stentor.broadcast;

import dev.stentor.channel.TimelineSpan;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a listener at the time of asking.
 *
 * @param connection the connection's own name
 * @param client the client's id; null if it gave none
 * @param losses the sound that it lost
 * @param ledger the knowledge of what it has heard
 * @param lagMillis the time by which it is behind what was released: the age of the entry that it gets next, or the sound that
 *     its player has not played yet, whichever is more
 */
public record ListenerStatus(
        String connection, @Nullable String client, Losses losses, HeardLedger.Snapshot ledger, long lagMillis) {

    /** Returns the figures of a listener that has lost nothing and reported nothing. */
    static ListenerStatus of(String connection, @Nullable String client) {
        return new ListenerStatus(connection, client, Losses.NONE, HeardLedger.Snapshot.NOTHING, 0);
    }

    /**
     * The sound that a listener lost.
     *
     * @param gaps the number of runs of lost sound
     * @param skippedMillis the length of all runs
     * @param latest the cause of the latest run; null if there was none
     */
    public record Losses(
            long gaps, long skippedMillis, @Nullable GapCause latest) {

        static final Losses NONE = new Losses(0, 0, null);

        /** Returns these losses and one more run. */
        Losses and(GapCause cause, long millis) {
            return new Losses(gaps + 1, skippedMillis + millis, cause);
        }

        /** Returns these losses with a longer latest run. */
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

    /** Returns the latest report; null before the first. */
    public @Nullable ListenerReport report() {
        return ledger.report();
    }

    /**
     * Returns how many of an utterance's samples it has heard, by its own reports, without those it lost; empty if it has not
     * reported.
     *
     * @param generation of the utterance's frames
     * @param spans the places on the timeline of what was released of it
     * @param nowMicros the clock's time: a player that plays continues between its reports
     */
    public OptionalLong heard(int generation, List<TimelineSpan> spans, long nowMicros) {
        long heard = ledger.heard(generation, spans, nowMicros);
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
