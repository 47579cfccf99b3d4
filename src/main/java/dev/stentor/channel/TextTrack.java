package dev.stentor.channel;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.SpokenWord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The segments and words of a text, and where each is in the sound, as the engine tells it. Confined to the clock's thread. */
final class TextTrack {

    private final GrowingText text;
    private final List<SegmentMark> segments = new ArrayList<>();
    private int told;
    /** The segment whose words are told now, and how many of them were. */
    private int wordsOf;

    private int wordsTold;
    private long end = -1;

    TextTrack(GrowingText text) {
        this.text = text;
    }

    /** Adds the beginning of a segment, or more words of the latest one; called in order. */
    void add(SegmentMark segment) {
        if (!segments.isEmpty() && segments.getLast().index() == segment.index()) {
            segments.set(segments.size() - 1, segments.getLast().and(segment));
        } else {
            segments.add(segment);
        }
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

    /**
     * Passes on the words that begin before a sample, each once: together with the words behind them in the same segment, as far as they are
     * known. Each list is passed on as a mark of their segment that has no others.
     */
    void drainWordsBefore(long sample, Consumer<SegmentMark> to) {
        while (wordsOf < segments.size()) {
            SegmentMark segment = segments.get(wordsOf);
            List<SpokenWord> words = segment.words();
            if (wordsTold < words.size()) {
                if (segment.firstSample() + words.get(wordsTold).firstSample() >= sample) {
                    return;
                }
                to.accept(segment.with(words.subList(wordsTold, words.size())));
                wordsTold = words.size();
            }
            if (wordsOf == segments.size() - 1) {
                return;
            }
            wordsOf++;
            wordsTold = 0;
        }
    }

    /** Forgets that words were passed on that begin at a sample or behind it. */
    void rewindWords(long sample) {
        wordsOf = 0;
        wordsTold = 0;
        while (wordsOf + 1 < segments.size() && segments.get(wordsOf + 1).firstSample() <= sample) {
            wordsOf++;
        }
        if (!segments.isEmpty()) {
            SegmentMark segment = segments.get(wordsOf);
            wordsTold = (int) segment.words().stream()
                    .filter(word -> segment.firstSample() + word.firstSample() < sample)
                    .count();
        }
    }

    /** Forgets which segments and words were passed on. */
    void rewind() {
        told = 0;
        rewindWords(0);
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
