package dev.stentor.speech;

import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;

/**
 * The place in the sound at which a part of the text begins, and the words in it, as far as their sound is made. Marks of the same index that
 * follow bring more words, and nothing else. See ADR 48.
 *
 * @param index number of this segment, from 0
 * @param count number of all segments of the text
 * @param from index of its first {@code char} in the text
 * @param to index behind its last {@code char}
 * @param firstSample position of its first sample in the sound, at 24 kHz; exact
 * @param words words of the segment in order, none of which overlaps another one, so there are no more than characters. Their characters
 *     are counted from the beginning of the text, their samples from {@code firstSample}. Empty if the engine cannot tell. Before the
 *     sound of a word comes, its mark does
 */
public record SegmentMark(int index, int count, int from, int to, long firstSample, List<SpokenWord> words) {

    public SegmentMark {
        words = List.copyOf(words);
        int lastTo = from;
        long lastSample = 0;
        for (SpokenWord word : words) {
            if (word.from() < lastTo || word.to() > to || word.firstSample() < lastSample) {
                throw new IllegalArgumentException("the words of segment " + index + " are not in order, or not in it");
            }
            lastTo = word.to();
            lastSample = word.endSample();
        }
    }

    /** Creates a mark of which no words are known. */
    public SegmentMark(int index, int count, int from, int to, long firstSample) {
        this(index, count, from, to, firstSample, List.of());
    }

    /** Returns the same mark with these words alone. */
    public SegmentMark with(List<SpokenWord> newWords) {
        return new SegmentMark(index, count, from, to, firstSample, newWords);
    }

    /** Returns this mark with the words of a mark that follows it and has the same index. */
    public SegmentMark and(SegmentMark more) {
        return with(Stream.concat(words.stream(), more.words.stream()).toList());
    }

    /** Returns the same mark for a sound without so many samples of its beginning. */
    public SegmentMark earlierBy(long samples) {
        return new SegmentMark(index, count, from, to, firstSample - samples, words);
    }

    /** Returns the same mark in another sound, in which each sample has another place; the places keep their order. */
    public SegmentMark moved(LongUnaryOperator place) {
        long first = place.applyAsLong(firstSample);
        List<SpokenWord> moved = words.stream()
                .map(word -> word.moved(sample -> place.applyAsLong(firstSample + sample) - first))
                .toList();
        return new SegmentMark(index, count, from, to, first, moved);
    }
}
