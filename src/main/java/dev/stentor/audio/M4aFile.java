package dev.stentor.audio;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the duration of an MP4 file. Does not read its sample rate: with some encodings the file tells half of the real one.
 */
final class M4aFile {

    private static final int HEAD_BYTES = 8;
    private static final int LONG_HEAD_BYTES = 16;

    private M4aFile() {}

    /** Reads from the first byte of the file on. */
    static RecordedSound read(FileHead file) throws IOException {
        return new RecordedSound(RecordedSound.Container.M4A, 0, 0, 0, duration(file));
    }

    /**
     * Searches the boxes for {@code mvhd}, which lies within {@code moov} and tells the duration. Returns null if it is not
     * there.
     */
    private static @Nullable Duration duration(FileHead file) throws IOException {
        while (file.left() >= HEAD_BYTES) {
            long left = file.left();
            long size = file.bigEndian(4);
            String name = file.name();
            long head = HEAD_BYTES;
            if (size == 1) {
                size = file.bigEndian(8);
                head = LONG_HEAD_BYTES;
            }
            if (name.equals("mvhd")) {
                return header(file);
            }
            if (name.equals("moov")) {
                continue;
            }
            if (size < head || size > left) { // 0 means to the end of the file
                return null;
            }
            file.skip(size - head);
        }
        return null;
    }

    private static @Nullable Duration header(FileHead file) throws IOException {
        boolean wide = file.bigEndian(4) >> 24 == 1;
        file.skip(wide ? 16 : 8);
        long unitsPerSecond = file.bigEndian(4);
        long units = file.bigEndian(wide ? 8 : 4);
        return unitsPerSecond == 0 || units < 0 || units > Long.MAX_VALUE / 1_000
                ? null
                : Duration.ofMillis(units * 1_000 / unitsPerSecond);
    }
}
