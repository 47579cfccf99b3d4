package dev.stentor.channel;

import dev.stentor.speech.SegmentMark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What an engine tells about where in the sound the parts of a text are, as it comes. Confined to the clock's thread. */
final class TextTrack {

    private final GrowingText text;
    private final List<SegmentMark> marks = new ArrayList<>();
    private int told;
    private long end = -1;

    TextTrack(GrowingText text) {
        this.text = text;
    }

    /** The engine says where a segment begins; in order. */
    void add(SegmentMark mark) {
        marks.add(mark);
    }

    /** The engine has given all its samples. */
    void end(long samples) {
        end = samples;
    }

    /** How many segments the text has; 0 if the engine does not say. */
    int segments() {
        return marks.isEmpty() ? 0 : marks.getLast().count();
    }

    /** The segment that the engine began last, from 0; -1 if it does not say. */
    int latest() {
        return marks.isEmpty() ? -1 : marks.getLast().index();
    }

    /** Tells of the segments that begin before this sample, each once. */
    void drainBefore(long sample, Consumer<SegmentMark> segments) {
        while (told < marks.size() && marks.get(told).firstSample() < sample) {
            segments.accept(marks.get(told++));
        }
    }

    /** None was told. */
    void rewind() {
        told = 0;
    }

    /** The text of a segment. */
    String textOf(SegmentMark mark) {
        return text.part(mark.from(), mark.to());
    }

    /** All that is known by now. */
    TextMap map() {
        return new TextMap(text.whole(), marks, end);
    }

    /** The same at a moment at which all that was begun has been given, and nobody knows whether more follows. */
    TextMap mapUpTo(long samples) {
        return marks.isEmpty() ? map() : new TextMap(text.whole(), marks, samples);
    }
}
