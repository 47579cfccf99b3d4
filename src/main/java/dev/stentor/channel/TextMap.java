package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import dev.stentor.speech.SegmentMark;
import dev.stentor.text.HanCharacters;
import java.util.List;

/**
 * A map between the samples of an utterance and the characters of its text, as far as it is known: exact where a segment or a
 * word begins, estimated in between. Samples are counted from the utterance's own beginning.
 *
 * @param text the whole text
 * @param segments the segments and their first samples, in order; empty if the engine does not tell
 * @param end number of all samples; -1 if it is not known yet
 */
public record TextMap(String text, List<SegmentMark> segments, long end) {

    private static final double SAMPLES_PER_HAN_CHARACTER = 0.22 * SpeechTime.SAMPLES_PER_SECOND;
    private static final double SAMPLES_PER_OTHER_CHARACTER = 0.07 * SpeechTime.SAMPLES_PER_SECOND;

    public TextMap {
        segments = List.copyOf(segments);
    }

    /**
     * A place in the text.
     *
     * @param character number of {@code char}s before it
     * @param estimated whether it is a guess, since it lies within a segment of which no words are known
     */
    record Offset(int character, boolean estimated) {}

    /** Returns the place in the text up to which it was spoken with so many samples; where words are known, behind the last whole one. */
    Offset at(long samples) {
        int index = segments.size() - 1;
        while (index >= 0 && segments.get(index).firstSample() > samples) {
            index--;
        }
        if (samples == end) {
            return new Offset(index < 0 ? text.length() : segments.getLast().to(), false);
        }
        if (index < 0) {
            return within(0, text.length(), samples, end >= 0 ? end : guess(text));
        }
        SegmentMark segment = segments.get(index);
        return segment.words().isEmpty()
                ? within(segment.from(), segment.to(), samples - segment.firstSample(), lengthOf(index))
                : new SegmentWords(segment).at(samples);
    }

    /**
     * A place in the sound.
     *
     * @param sample counted from the utterance's beginning
     * @param estimated whether it is a guess, since it lies within a segment, or within a word where these are known
     * @param known whether the engine has come so far that the place can be told
     */
    record Place(long sample, boolean estimated, boolean known) {}

    /** Returns the sample that speaks the {@code char} with so many before it. */
    Place placeOf(int character) {
        int index = segments.size() - 1;
        while (index >= 0 && segments.get(index).from() > character) {
            index--;
        }
        boolean ends = character
                >= (segments.isEmpty() ? text.length() : segments.getLast().to());
        if (ends && end >= 0) {
            return new Place(end, false, true);
        }
        if (index < 0 && !segments.isEmpty()) {
            return new Place(segments.getFirst().firstSample(), false, true);
        }
        if (index < 0) {
            double share = text.isEmpty() ? 0 : (double) character / text.length();
            return new Place((long) (share * (end >= 0 ? end : guess(text))), character > 0, !ends);
        }
        SegmentMark segment = segments.get(index);
        if (character == segment.from()) {
            return new Place(segment.firstSample(), false, true);
        }
        if (!segment.words().isEmpty()) {
            Place place = new SegmentWords(segment).placeOf(character);
            return place == null ? behind(index) : place;
        }
        boolean within = character < segment.to();
        double share = within ? (double) (character - segment.from()) / (segment.to() - segment.from()) : 1;
        boolean known = within || index + 1 < segments.size();
        return new Place(segment.firstSample() + (long) (share * lengthOf(index)), true, known);
    }

    /** Returns the place behind the words that are known of a segment: the next segment begins there, or more words are to come. */
    private Place behind(int index) {
        boolean known = index + 1 < segments.size() || end >= 0;
        return new Place(segments.get(index).firstSample() + (long) lengthOf(index), !known, known);
    }

    /** Returns how many samples the whole text takes, as far as that can be guessed. */
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
        SegmentMark segment = segments.get(index);
        if (index + 1 < segments.size()) {
            return segments.get(index + 1).firstSample() - segment.firstSample();
        }
        return end >= 0 ? end - segment.firstSample() : guess(text.substring(segment.from(), segment.to()));
    }

    /** Returns how many samples a text takes, as far as its characters tell. */
    static double guess(String text) {
        long han = HanCharacters.in(text);
        return han * SAMPLES_PER_HAN_CHARACTER + (text.length() - han) * SAMPLES_PER_OTHER_CHARACTER;
    }
}
