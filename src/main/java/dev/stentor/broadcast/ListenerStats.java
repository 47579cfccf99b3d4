package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The figures of one listener: what it lost, what it has heard, since when it waits. Written on the connection's event loop;
 * {@link #status} may be called from any thread.
 */
final class ListenerStats {

    /** The time since which a listener waits that lacks nothing. */
    private static final long NEVER = Long.MAX_VALUE;

    private final HeardLedger ledger;
    private volatile ListenerStatus status = ListenerStatus.of("", null);
    private volatile long waitingSinceMicros = NEVER;

    /**
     * Creates the figures of a listener that has lost and heard nothing.
     *
     * @param report the time between two reports of its player
     */
    ListenerStats(Duration report) {
        ledger = new HeardLedger(micros(report));
    }

    /** Notes the time between two reports with which its player is greeted. */
    void greeted(Duration report) {
        ledger.greeted(micros(report));
        refresh();
    }

    /** Notes that its player was asked to report at another interval. */
    void reportsEvery(Duration report) {
        ledger.reportsEvery(micros(report));
        refresh();
    }

    private static long micros(Duration time) {
        return TimeUnit.MILLISECONDS.toMicros(time.toMillis());
    }

    /** Names the listener. */
    void joined(JoinRequest request) {
        status = ListenerStatus.of(request.connection(), request.client()).withLedger(ledger.snapshot());
    }

    /** Takes note of a report, and returns how many times the player ran dry since the one before. */
    long reported(ListenerReport report, long nowMicros) {
        ListenerReport earlier = status.report();
        ledger.reported(report, nowMicros);
        refresh();
        return Math.max(0, report.underruns() - (earlier == null ? 0 : earlier.underruns()));
    }

    /** Notes that it was not there before this sample. */
    void missedBefore(long pos) {
        ledger.lost(0, pos);
        refresh();
    }

    /** Counts the samples from {@code from} up to {@code to} as lost. */
    void skipped(long from, long to, GapCause cause) {
        ledger.lost(from, to);
        status = status.withLosses(status.losses().and(cause, SpeechTime.millis(to - from)));
        refresh();
    }

    /** Notes that what lies before this sample is not to be played any more. */
    void cleared(long pos) {
        ledger.cleared(pos);
        refresh();
    }

    /** Notes when the entry that it gets next was released. */
    void waitsSince(long releasedMicros) {
        if (waitingSinceMicros != releasedMicros) { // a volatile write costs more
            waitingSinceMicros = releasedMicros;
        }
    }

    /** Notes that it has all that it is to have. */
    void lacksNothing() {
        waitsSince(NEVER);
    }

    /** Returns by how many samples its player is behind; 0 if it does not play. */
    long behind(long released, long nowMicros) {
        return status.ledger().behind(released, nowMicros);
    }

    /** Returns the figures without the lag. */
    ListenerStatus status() {
        return status;
    }

    /**
     * Returns the figures with the lag at this time.
     *
     * @param released the sample after the last one that was released
     */
    ListenerStatus status(long released, long nowMicros) {
        ListenerStatus known = status;
        long age = Math.max(0, nowMicros - waitingSinceMicros) / 1_000;
        return known.withLag(Math.max(age, SpeechTime.millis(known.ledger().behind(released, nowMicros))));
    }

    private void refresh() {
        status = status.withLedger(ledger.snapshot());
    }
}
