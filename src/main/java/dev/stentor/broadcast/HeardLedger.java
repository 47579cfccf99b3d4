package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.ListenerReport.Cut;
import dev.stentor.channel.TimelineSpan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record of what one listener has heard, as far as it is known. Confined to the connection's event loop. */
final class HeardLedger {

    private static final int KEPT = 64;

    /** The interval that its player was greeted with. */
    private long firstMicros;

    private long playsOnMicros;
    private final Deque<Lost> lost = new ArrayDeque<>();
    private final Deque<Cut> cuts = new ArrayDeque<>();
    private List<Lost> lostNow = List.of();
    private List<Cut> cutsNow = List.of();
    private @Nullable ListenerReport report;
    private long reportedMicros;
    private long begin;

    /** A run of samples that was never sent. */
    record Lost(long from, long to) {}

    /**
     * The state at one moment; immutable.
     *
     * @param begin the first sample that is not cancelled
     * @param playsOnMicros the longest time after its report for which a player is taken to play on
     */
    record Snapshot(
            @Nullable ListenerReport report,
            long reportedMicros,
            List<Lost> lost,
            List<Cut> cuts,
            long begin,
            long playsOnMicros) {

        static final Snapshot NOTHING = new Snapshot(null, 0, List.of(), List.of(), 0, 0);

        /** Returns how many samples of an utterance were heard by the reports; -1 if no report tells, or it has no samples. */
        long heard(int generation, List<TimelineSpan> spans, long nowMicros) {
            return spans.stream()
                    .mapToLong(stretch -> heard(generation, stretch.pos(), stretch.samples(), nowMicros))
                    .reduce((one, other) -> one < 0 ? one : one + other)
                    .orElse(-1);
        }

        /** Returns how many of these samples were heard by the reports; -1 if no report tells. */
        long heard(int generation, long from, long samples, long nowMicros) {
            Cut cut = cutOf(generation);
            if (cut != null) {
                return within(from, samples, cut.pos());
            }
            if (report == null) {
                return -1;
            }
            long since = report.isPlaying() && report.generation() == generation ? since(nowMicros) : 0;
            return within(from, samples, report.pos() + since);
        }

        /**
         * Returns by how many samples a player that plays is behind what was released; 0 if it does not play, or never said so.
         *
         * @param released the sample after the last one that was released
         */
        long behind(long released, long nowMicros) {
            if (report == null || !report.isPlaying()) {
                return 0;
            }
            long pos = Math.max(begin, report.pos() + since(nowMicros));
            return released <= pos ? 0 : released - pos - lostIn(pos, released);
        }

        private long since(long nowMicros) {
            return SpeechTime.samplesOfMicros(Math.clamp(nowMicros - reportedMicros, 0, playsOnMicros));
        }

        /** Tells whether the listener said itself where this generation ended for it. */
        boolean saysWhereItEnded(int generation) {
            return cutOf(generation) != null;
        }

        private @Nullable Cut cutOf(int generation) {
            return cuts.stream()
                    .filter(cut -> cut.generation() == generation)
                    .reduce((older, newer) -> newer)
                    .orElse(null);
        }

        private long within(long from, long samples, long pos) {
            long end = Math.clamp(pos, from, from + samples);
            return end - from - lostIn(from, end);
        }

        private long lostIn(long from, long to) {
            long samples = 0;
            for (Lost gap : lost) { // no stream: this runs with each report
                samples += Math.max(0, Math.min(to, gap.to()) - Math.max(from, gap.from()));
            }
            return samples;
        }
    }

    /**
     * Creates an empty record.
     *
     * @param intervalMicros time between two reports of the player; half an interval after the next one is due, nothing tells any more
     *     that it still plays
     */
    HeardLedger(long intervalMicros) {
        greeted(intervalMicros);
    }

    /** Notes the interval with which its player begins. */
    void greeted(long intervalMicros) {
        firstMicros = intervalMicros;
        reportsEvery(intervalMicros);
    }

    /** Notes that its player is to report at another interval. Not every player follows; so the longer of this and the first one counts. */
    void reportsEvery(long intervalMicros) {
        long longer = Math.max(firstMicros, intervalMicros);
        playsOnMicros = longer + longer / 2;
    }

    void reported(ListenerReport newReport, long nowMicros) {
        if (newReport.isLocked() || (report != null && report.isLocked())) {
            lost(report == null ? 0 : report.pos(), newReport.pos()); // it went by in silence
        }
        report = newReport;
        reportedMicros = nowMicros;
        if (newReport.cut() != null) {
            keep(cuts, newReport.cut());
            cutsNow = List.copyOf(cuts);
        }
    }

    /** Adds a run of lost samples, not before the latest one; samples of both count once. */
    void lost(long from, long to) {
        Lost latest = lost.peekLast();
        long begin = latest == null ? from : Math.max(from, latest.to());
        if (to <= begin) {
            return;
        }
        if (latest != null && latest.to() == begin) {
            lost.removeLast();
            begin = latest.from();
        }
        keep(lost, new Lost(begin, to));
        lostNow = List.copyOf(lost);
    }

    /** Notes that what lies before that sample is not to be played any more. */
    void cleared(long pos) {
        begin = pos;
    }

    Snapshot snapshot() {
        return new Snapshot(report, reportedMicros, lostNow, cutsNow, begin, playsOnMicros);
    }

    private static <T> void keep(Deque<T> kept, T latest) {
        if (kept.size() == KEPT) {
            kept.removeFirst();
        }
        kept.add(latest);
    }
}
