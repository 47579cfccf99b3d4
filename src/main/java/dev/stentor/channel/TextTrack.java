package dev.stentor.channel;

import dev.stentor.speech.BilledCharacters;
import dev.stentor.speech.SegmentMark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Which sample of an utterance speaks which character of its text: exact where a segment begins, estimated in between. Samples
 * are counted from the utterance's own beginning. Confined to the clock's thread.
 */
final class TextTrack {

    private static final double SAMPLES_PER_HAN_CHARACTER = 0.22 * 24_000;
    private static final double SAMPLES_PER_OTHER_CHARACTER = 0.07 * 24_000;

    private final String text;
    private final List<SegmentMark> marks = new ArrayList<>();
    private int told;
    private long end = -1;

    /**
     * A place in the text.
     *
     * @param character how many {@code char}s come before it
     * @param estimated whether it lies within a segment, where nobody knows exactly
     */
    record Offset(int character, boolean estimated) {}

    TextTrack(String text) {
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

    /** The segment that the engine was asked for last, from 0; -1 if it does not say. */
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

    /** How long the whole takes, as far as that can be guessed, in samples. */
    double guessedSamples() {
        return end >= 0 ? end : guess(text);
    }

    /** The text of a segment. */
    String textOf(SegmentMark mark) {
        return text.substring(mark.from(), mark.to());
    }

    /** How far the text was spoken when so many samples were. */
    Offset at(long samples) {
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
        return end >= 0 ? end - mark.firstSample() : guess(textOf(mark));
    }

    private static double guess(String text) {
        long han = BilledCharacters.of(text) - text.codePointCount(0, text.length());
        return han * SAMPLES_PER_HAN_CHARACTER + (text.length() - han) * SAMPLES_PER_OTHER_CHARACTER;
    }
}
