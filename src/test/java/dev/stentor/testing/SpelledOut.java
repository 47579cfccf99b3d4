package dev.stentor.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Sound that spells its text: each character but blanks has a few samples that only this character has. However a text was cut, its
 * sound is the same; a character lost, repeated or misplaced is heard.
 */
public final class SpelledOut {

    /** Samples of one character. */
    public static final int SAMPLES = 12;

    private SpelledOut() {}

    /** The sound of a text. */
    public static byte[] of(String text) {
        var sound = new ByteArrayOutputStream();
        text.chars()
                .filter(letter -> !Character.isWhitespace(letter))
                .forEach(letter -> sound.writeBytes(Signals.selfIndexing(letter * 31L, SAMPLES)));
        return sound.toByteArray();
    }

    /** The same in small buffers. */
    public static List<ByteBuffer> buffers(String text) {
        return Signals.chunks(of(text), 512);
    }

    /** So many characters of sentences that are all different. */
    public static String text(int characters) {
        var text = new StringBuilder();
        for (int sentence = 1; text.length() < characters; sentence++) {
            text.append("This is sentence ")
                    .append(sentence)
                    .append(sentence % 7 == 0 ? ", and after it comes a new line.\n" : ", as you can hear. ");
        }
        return text.substring(0, characters);
    }
}
