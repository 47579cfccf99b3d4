package dev.stentor.speech.neural;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** How one voice sounds: a row of numbers for each length of text. Immutable. */
final class StyleTable {

    /** Numbers of a row. */
    static final int WIDTH = 256;

    private static final int ROWS = 510;

    private final float[] numbers = new float[ROWS * WIDTH];

    private StyleTable() {}

    /** Returns a table for a graph that has no styles. */
    static StyleTable none() {
        return new StyleTable();
    }

    /** Reads a file of floats, low byte first, without a head. */
    StyleTable(Path file) throws IOException, UnusableVoice {
        if (Files.size(file) != (long) numbers.length * Float.BYTES) {
            throw new UnusableVoice(file + " is no voice: it has not " + numbers.length * Float.BYTES + " bytes.");
        }
        ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(numbers);
    }

    /** Returns the row for a text of so many symbols. */
    float[] row(int symbols) {
        int row = Math.clamp(symbols, 0, ROWS - 1);
        float[] style = new float[WIDTH];
        System.arraycopy(numbers, row * WIDTH, style, 0, WIDTH);
        return style;
    }
}
