package dev.stentor.audio;

import java.io.IOException;
import java.time.Duration;

/** Reads the header of a WAV file. */
final class WavFile {

    private static final int PCM = 1;
    /** Code of the extended form, which tells the real coding further behind. */
    private static final int EXTENSIBLE = 0xFFFE;

    private static final int FORMAT_BYTES = 16;
    private static final int EXTENDED_BYTES = 26;

    private WavFile() {}

    /**
     * Reads from the first byte of the file on. The length of the sound is that of the bytes that are there, if the header tells
     * more.
     */
    static RecordedSound read(FileHead file) throws IOException {
        file.skip(12);
        int channels = 0;
        int rate = 0;
        int bits = 0;
        while (true) {
            String name = file.name();
            long size = file.littleEndian(4);
            if (name.equals("data")) {
                long bytes = Math.min(size, file.left());
                long bytesPerSecond = (long) rate * channels * (bits / 8);
                return new RecordedSound(
                        RecordedSound.Container.WAV,
                        rate,
                        channels,
                        bits,
                        bytesPerSecond == 0 ? null : Duration.ofMillis(bytes * 1_000 / bytesPerSecond));
            }
            long next = file.left() - size - size % 2; // a chunk of odd size is followed by one byte of padding
            if (name.equals("fmt ") && size >= FORMAT_BYTES) {
                int format = (int) file.littleEndian(2);
                channels = (int) file.littleEndian(2);
                rate = (int) file.littleEndian(4);
                file.skip(6);
                bits = (int) file.littleEndian(2);
                if (format == EXTENSIBLE && size >= EXTENDED_BYTES) {
                    file.skip(8);
                    format = (int) file.littleEndian(2);
                }
                bits = format == PCM ? bits : 0;
            }
            file.skip(file.left() - next);
        }
    }
}
