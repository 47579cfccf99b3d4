package dev.stentor.speech.sentences;

import dev.stentor.speech.SpokenWord;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The sound of a sentence, or of another segment of a text.
 *
 * @param samples 24 kHz mono 16-bit little-endian; empty if it has no sound. Read-only, and its position never moves
 * @param words the words in it, counted from the beginning of the sentence and of its sound; empty if the voice cannot tell
 */
public record SentenceSound(ByteBuffer samples, List<SpokenWord> words) {

    public SentenceSound {
        samples = samples.asReadOnlyBuffer();
        words = List.copyOf(words);
    }

    /** Creates a sound of which no words are known. The bytes are not changed any more. */
    public SentenceSound(byte[] samples) {
        this(ByteBuffer.wrap(samples), List.of());
    }
}
