package dev.stentor.channel;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the samples of an utterance lie on the timeline: in one piece, or in several, if other sound went on while it stood still.
 * Confined to the clock's thread.
 */
final class TimelineSpans {

    private final List<Run> runs = new ArrayList<>();

    private record Run(long pos, long firstSample) {}

    /** That sample, and all that follow, lie from that position on. */
    void add(long pos, long sample) {
        if (runs.isEmpty() || runs.getLast().pos() - runs.getLast().firstSample() != pos - sample) {
            runs.add(new Run(pos, sample));
        }
    }

    /** How many of so many samples lie before that position. */
    long before(long pos, long samples) {
        long before = 0;
        for (int i = 0; i < runs.size(); i++) {
            Run run = runs.get(i);
            long end = i + 1 < runs.size() ? runs.get(i + 1).firstSample() : samples;
            before = pos <= run.pos() ? before : Math.min(end, run.firstSample() + pos - run.pos());
        }
        return before;
    }

    /** The pieces that so many samples lie in. */
    List<TimelineSpan> stretches(long samples) {
        var stretches = new ArrayList<TimelineSpan>();
        for (int i = 0; i < runs.size(); i++) {
            long end = i + 1 < runs.size() ? runs.get(i + 1).firstSample() : samples;
            stretches.add(new TimelineSpan(runs.get(i).pos(), end - runs.get(i).firstSample()));
        }
        return List.copyOf(stretches);
    }

    /** Where the first sample would lie if all lay in one piece with the latest; only if there is one. */
    long begin() {
        return runs.getLast().pos() - runs.getLast().firstSample();
    }

    void clear() {
        runs.clear();
    }
}
