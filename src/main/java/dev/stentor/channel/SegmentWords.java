package dev.stentor.channel;

import dev.stentor.channel.TextMap.Offset;
import dev.stentor.channel.TextMap.Place;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.SpokenWord;
import org.jspecify.annotations.Nullable;

/** A map between the samples and the characters of a segment whose words are known. Samples are counted from the utterance's beginning. */
record SegmentWords(SegmentMark segment) {

    /** Returns the place in the text behind the last word that was spoken whole with so many samples. */
    Offset at(long samples) {
        int character = segment.from();
        for (SpokenWord word : segment.words()) {
            if (segment.firstSample() + word.endSample() > samples) {
                break;
            }
            character = word.to();
        }
        return new Offset(character, false);
    }

    /**
     * Returns the sample at which the word of a {@code char} begins, or the next word if it belongs to none; an estimate inside of a word. Null
     * if no word is known there or behind it.
     */
    @Nullable Place placeOf(int character) {
        for (SpokenWord word : segment.words()) {
            if (character < word.to()) {
                long first = segment.firstSample() + word.firstSample();
                double share = Math.max(0, character - word.from()) / (double) (word.to() - word.from());
                return new Place(
                        first + (long) (share * (word.endSample() - word.firstSample())),
                        character > word.from(),
                        true);
            }
        }
        return null;
    }
}
