package dev.stentor.channel;

import java.util.ArrayList;
import java.util.List;

/**
 * The spans of the timeline in which an utterance's samples lie: one, or several, if other sound went on while the speech waited.
 * Confined to the clock's thread.
 */
final class TimelineSpans {

    private final List<TimelineSpan> spans = new ArrayList<>();
    private long samples;

    /** Adds the next samples of the utterance, which lie at that position. */
    void add(long pos, long count) {
        if (!spans.isEmpty() && spans.getLast().end() == pos) {
            spans.add(spans.removeLast().extended(count));
        } else {
            spans.add(new TimelineSpan(pos, count));
        }
        samples += count;
    }

    /** Tells whether samples at that position would follow without a hole, or would be the first. */
    boolean isContinuedAt(long pos) {
        return spans.isEmpty() || spans.getLast().end() == pos;
    }

    /** Returns the number of all samples. */
    long samples() {
        return samples;
    }

    /** Returns how many of the samples lie before that position. */
    long before(long pos) {
        long before = 0;
        long firstSample = 0;
        for (TimelineSpan span : spans) {
            before = pos <= span.pos() ? before : firstSample + Math.min(span.samples(), pos - span.pos());
            firstSample += span.samples();
        }
        return before;
    }

    /** Returns the spans, in order. */
    List<TimelineSpan> all() {
        return List.copyOf(spans);
    }

    /** Returns where the first sample would lie if all lay in one piece with the latest; there must be a span. */
    long begin() {
        return spans.getLast().end() - samples;
    }

    void clear() {
        spans.clear();
        samples = 0;
    }
}
