package dev.stentor.speech;

import java.util.function.LongUnaryOperator;

/**
 * A word of a text, and where its sound lies. What is said in several words but written as one, such as a number, is one word. Whoever has
 * it says where its characters and samples are counted from.
 *
 * @param from index of its first {@code char}
 * @param to index behind its last {@code char}; behind {@code from}
 * @param firstSample its first sample, at 24 kHz
 * @param endSample the sample behind its last one; not before {@code firstSample}
 */
public record SpokenWord(int from, int to, long firstSample, long endSample) {

    public SpokenWord {
        if (from < 0 || to <= from || firstSample < 0 || endSample < firstSample) {
            throw new IllegalArgumentException(
                    "no word: " + from + " to " + to + ", samples " + firstSample + " to " + endSample);
        }
    }

    /** Returns the same word, counted from so many characters and samples earlier. */
    public SpokenWord later(int characters, long samples) {
        return new SpokenWord(from + characters, to + characters, firstSample + samples, endSample + samples);
    }

    /** Returns the same word in another sound, in which each sample has another place; the places keep their order. */
    SpokenWord moved(LongUnaryOperator place) {
        return new SpokenWord(from, to, place.applyAsLong(firstSample), place.applyAsLong(endSample));
    }
}
