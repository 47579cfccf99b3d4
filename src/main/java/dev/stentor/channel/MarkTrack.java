package dev.stentor.channel;

import dev.stentor.channel.TextMap.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The marks of one utterance in the order in which they are spoken; each is told once. Confined to the clock's thread. */
final class MarkTrack {

    private final List<TextMark> marks;
    private int told;

    MarkTrack(List<TextMark> marks) {
        this.marks =
                marks.stream().sorted(Comparator.comparingInt(TextMark::at)).toList();
    }

    /**
     * A mark that is reached.
     *
     * @param id name of the mark
     * @param sample the sample of its utterance that it belongs to
     * @param estimated whether the sample is a guess
     */
    record Reached(String id, long sample, boolean estimated) {}

    /** Tells whether all marks were told. */
    boolean isDone() {
        return told == marks.size();
    }

    /**
     * Returns the marks that are spoken before a sample and were not told yet. If a guess turns out to have been too late, the mark
     * gets the first sample that is left.
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

    /** Returns the marks that are left when the utterance has ended at a sample. */
    List<Reached> drainAt(long end, TextMap text) {
        var reached = new ArrayList<Reached>();
        for (; !isDone(); told++) {
            TextMark mark = marks.get(told);
            Place place = text.placeOf(mark.at());
            reached.add(new Reached(mark.id(), end, place.estimated() || place.sample() != end));
        }
        return reached;
    }

    /** Forgets which marks were told. */
    void rewind() {
        told = 0;
    }
}
