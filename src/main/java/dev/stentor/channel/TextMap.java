package dev.stentor.channel;

import dev.stentor.speech.BilledCharacters;
import dev.stentor.speech.SegmentMark;
import java.util.List;

/**
 * Which sample of an utterance speaks which character of its text, as far as that is known: exact where a segment begins, estimated
 * in between. Samples are counted from the utterance's own beginning.
 *
 * @param text all of it
 * @param marks where its segments begin, in order; none if the engine does not say
 * @param end how many samples there are; -1 if that is not known yet
 */
public record TextMap(String text, List<SegmentMark> marks, long end) {

    private static final double SAMPLES_PER_HAN_CHARACTER = 0.22 * 24_000;
    private static final double SAMPLES_PER_OTHER_CHARACTER = 0.07 * 24_000;

    public TextMap {
        marks = List.copyOf(marks);
    }

    /**
     * A place in the text.
     *
     * @param character how many {@code char}s come before it
     * @param estimated whether it lies within a segment, where nobody knows exactly
     */
    public record Offset(int character, boolean estimated) {}

    /** How far the text was spoken when so many samples were. */
    public Offset at(long samples) {
        int index = marks.size() - 1;
        while (index >= 0 && marks.get(index).firstSample() > samples) {
            index--;
        }
        if (samples == end) {
            return new Offset(index < 0 ? text.length() : marks.getLast().to(), false);
        }
        if (index < 0) {
            return within(0, text.length(), samples, end >= 0 ? end : guess(text));
        }
        SegmentMark mark = marks.get(index);
        return within(mark.from(), mark.to(), samples - mark.firstSample(), lengthOf(index));
    }

    /**
     * Where in the sound a place of the text is.
     *
     * @param sample counted from the utterance's beginning
     * @param estimated whether it lies within a segment, where nobody knows exactly
     * @param known whether the engine has come so far that it can be told
     */
    public record Place(long sample, boolean estimated, boolean known) {}

    /** Which sample speaks the {@code char} with so many before it. */
    public Place placeOf(int character) {
        int index = marks.size() - 1;
        while (index >= 0 && marks.get(index).from() > character) {
            index--;
        }
        boolean ends =
                character >= (marks.isEmpty() ? text.length() : marks.getLast().to());
        if (ends && end >= 0) {
            return new Place(end, false, true);
        }
        if (index < 0 && !marks.isEmpty()) {
            return new Place(marks.getFirst().firstSample(), false, true);
        }
        if (index < 0) {
            double share = text.isEmpty() ? 0 : (double) character / text.length();
            return new Place((long) (share * (end >= 0 ? end : guess(text))), character > 0, !ends);
        }
        SegmentMark mark = marks.get(index);
        if (character == mark.from()) {
            return new Place(mark.firstSample(), false, true);
        }
        boolean within = character < mark.to();
        double share = within ? (double) (character - mark.from()) / (mark.to() - mark.from()) : 1;
        boolean known = within || index + 1 < marks.size();
        return new Place(mark.firstSample() + (long) (share * lengthOf(index)), true, known);
    }

    /** How long the whole takes, as far as that can be guessed, in samples. */
    double guessedSamples() {
        return end >= 0 ? end : guess(text);
    }

    private static Offset within(int from, int to, long samples, double length) {
        if (samples == 0) {
            return new Offset(from, false);
        }
        double share = length <= 0 ? 1 : Math.min(1, samples / length);
        return new Offset(from + (int) Math.round((to - from) * share), true);
    }

    private double lengthOf(int index) {
        SegmentMark mark = marks.get(index);
        if (index + 1 < marks.size()) {
            return marks.get(index + 1).firstSample() - mark.firstSample();
        }
        return end >= 0 ? end - mark.firstSample() : guess(text.substring(mark.from(), mark.to()));
    }

    /** How long a text takes to be spoken, in samples, as far as its characters tell. */
    static double guess(String text) {
        long han = BilledCharacters.of(text) - text.codePointCount(0, text.length());
        return han * SAMPLES_PER_HAN_CHARACTER + (text.length() - han) * SAMPLES_PER_OTHER_CHARACTER;
    }
}
