package dev.stentor.channel;

import dev.stentor.speech.SegmentMark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The segments of a text, and where each begins in the sound, as the engine tells it. Confined to the clock's thread. */
final class TextTrack {

    private final GrowingText text;
    private final List<SegmentMark> segments = new ArrayList<>();
    private int told;
    private long end = -1;

    TextTrack(GrowingText text) {
        this.text = text;
    }

    /** Adds the beginning of a segment; called in order. */
    void add(SegmentMark segment) {
        segments.add(segment);
    }

    /** Sets the number of all samples: the engine has given them. */
    void end(long samples) {
        end = samples;
    }

    /** Returns how many segments the text has; 0 if the engine does not tell. */
    int segments() {
        return segments.isEmpty() ? 0 : segments.getLast().count();
    }

    /** Returns the index of the segment that the engine began last, from 0; -1 if it does not tell. */
    int latest() {
        return segments.isEmpty() ? -1 : segments.getLast().index();
    }

    /** Passes on the segments that begin before a sample, each once. */
    void drainBefore(long sample, Consumer<SegmentMark> to) {
        while (told < segments.size() && segments.get(told).firstSample() < sample) {
            to.accept(segments.get(told++));
        }
    }

    /** Forgets which segments were passed on. */
    void rewind() {
        told = 0;
    }

    /** Returns the text of a segment. */
    String textOf(SegmentMark segment) {
        return text.part(segment.from(), segment.to());
    }

    /** Returns a map with all that is known by now. */
    TextMap map() {
        return new TextMap(text.whole(), segments, end);
    }

    /** Returns the same map for a moment at which the segments that were begun have ended, and more may follow. */
    TextMap mapUpTo(long samples) {
        return segments.isEmpty() ? map() : new TextMap(text.whole(), segments, samples);
    }
}
