package dev.stentor.broadcast;

import java.time.Duration;

/**
 * The pace at which the players of a channel report. It slows down as the audience grows, so that the reports of a channel stay below a
 * number a second, but never beyond half the lag that listeners may have: the lag policy goes by the reports. Above 200 listeners the
 * reports that one utterance causes at all players are spread. A pace changes only when the audience has clearly changed. Confined to the
 * clock's thread. See ADR 49.
 */
final class ReportPace {

    /** The time of one report: 500 in a second are read in about a hundredth of it. */
    private static final long MILLIS_EACH = 2;

    private static final long STEP_MILLIS = 250;
    private static final int SPREAD_ABOVE = 200;
    private static final int SPREAD_UNTIL = 150;

    private final long usualMillis;
    private int listeners;
    private long wantedMillis;
    private boolean spread;

    /** @param usual the time between two reports of a player on a channel with few listeners */
    ReportPace(Duration usual) {
        usualMillis = usual.toMillis();
    }

    /** Takes note that the audience has changed. */
    void count(int change) {
        listeners += change;
        spread = listeners > (spread ? SPREAD_UNTIL : SPREAD_ABOVE);
        long needed = listeners * MILLIS_EACH / STEP_MILLIS * STEP_MILLIS;
        if (needed > wantedMillis || needed < wantedMillis - STEP_MILLIS) {
            wantedMillis = needed;
        }
    }

    /** Returns the same settings with the pace that holds now. */
    BroadcastSettings in(BroadcastSettings settings) {
        long most = settings.lag().toMillis() / 2;
        long interval = Math.max(usualMillis, Math.min(wantedMillis, most));
        return settings.withReports(
                Duration.ofMillis(interval), spread ? Duration.ofMillis(interval / 2) : Duration.ZERO);
    }

    /** Tells whether players must be told of these settings, because the pace is another one. */
    static boolean differs(BroadcastSettings before, BroadcastSettings after) {
        return !before.report().equals(after.report()) || !before.reportSpread().equals(after.reportSpread());
    }
}
