package dev.stentor.channel;

import dev.stentor.channel.TextMap.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The marks of one utterance, each told once, in the order in which they are spoken. Confined to the clock's thread. */
final class MarkTrack {

    private final List<TextMark> marks;
    private int told;

    MarkTrack(List<TextMark> marks) {
        this.marks =
                marks.stream().sorted(Comparator.comparingInt(TextMark::at)).toList();
    }

    /**
     * A mark, and the sample of its utterance that it belongs to.
     *
     * @param estimated whether that is a guess
     */
    record Reached(String id, long sample, boolean estimated) {}

    /** Whether all were told. */
    boolean isDone() {
        return told == marks.size();
    }

    /**
     * Those that are spoken before a sample and were not told yet. A guess that turns out to have been too late has the first sample
     * that is left.
     *
     * @param from the first sample that was not released yet
     */
    List<Reached> drainBefore(long to, TextMap text, long from) {
        var reached = new ArrayList<Reached>();
        for (; !isDone(); told++) {
            TextMark mark = marks.get(told);
            Place place = text.placeOf(mark.at());
            if (!place.known() || place.sample() >= to) {
                break;
            }
            boolean late = place.sample() < from;
            reached.add(new Reached(mark.id(), late ? from : place.sample(), late || place.estimated()));
        }
        return reached;
    }

    /** Those that are left when the utterance has ended at a sample. */
    List<Reached> drainAt(long end, TextMap text) {
        var reached = new ArrayList<Reached>();
        for (; !isDone(); told++) {
            TextMark mark = marks.get(told);
            Place place = text.placeOf(mark.at());
            reached.add(new Reached(mark.id(), end, place.estimated() || place.sample() != end));
        }
        return reached;
    }

    /** None was told. */
    void rewind() {
        told = 0;
    }
}
