package dev.stentor.archive;

import dev.stentor.audio.WavHeader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A reader of WAV files that this room wrote. Blocks. */
final class WavFileReader {

    private WavFileReader() {}

    /**
     * Reads sound into a new, read-only buffer on the heap.
     *
     * @param position in the sound, in bytes
     * @param bytes how many there are to be read, at that position
     */
    static ByteBuffer read(FileChannel file, long position, int bytes) throws IOException {
        ByteBuffer sound = ByteBuffer.allocate(bytes);
        while (sound.hasRemaining()) {
            if (file.read(sound, WavHeader.BYTES + position + sound.position()) < 0) {
                throw new EOFException("the file ends before its sound");
            }
        }
        return sound.flip().asReadOnlyBuffer();
    }
}
