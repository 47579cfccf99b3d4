package dev.stentor.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Test sound that spells its text: each character except blanks has a few samples of its own. The sound of a text is the same
 * however the text is cut; a lost, repeated or misplaced character changes it.
 */
public final class SpelledOut {

    /** The number of samples of one character. */
    public static final int SAMPLES = 12;

    private SpelledOut() {}

    /** Returns the sound of a text. */
    public static byte[] of(String text) {
        var sound = new ByteArrayOutputStream();
        text.chars()
                .filter(letter -> !Character.isWhitespace(letter))
                .forEach(letter -> sound.writeBytes(Signals.selfIndexing(letter * 31L, SAMPLES)));
        return sound.toByteArray();
    }

    /** Returns the sound of a text in small buffers. */
    public static List<ByteBuffer> buffers(String text) {
        return Signals.chunks(of(text), 512);
    }

    /** Returns a text of that many characters, whose sentences are all different. */
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
