package dev.stentor.archive;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sound of one recording so far: the older part in a file, the newest in memory until the file has it. If the file is given up,
 * the sound that it lacks stays in memory. Confined to the executor of its sound.
 */
final class SpillBuffer {

    private final Deque<ByteBuffer> memory = new ArrayDeque<>();
    private long bytes;
    private long memoryFrom;
    private long inFile;
    private int writing;
    private boolean givenUp;

    /** Creates a buffer over a file that has so many bytes of sound. */
    SpillBuffer(long inFile) {
        this.bytes = inFile;
        this.memoryFrom = inFile;
        this.inFile = inFile;
    }

    /** Returns how many bytes of sound there are. */
    long bytes() {
        return bytes;
    }

    /** Returns how many bytes the file has. */
    long inFile() {
        return inFile;
    }

    /** Returns how many bytes are in memory. */
    long bytesInMemory() {
        return bytes - memoryFrom;
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /** Tells whether the file has everything. */
    boolean isWhole() {
        return !givenUp && inFile == bytes;
    }

    /** Adds sound at the end; the buffer is kept, and not moved. */
    void add(ByteBuffer sound) {
        memory.add(sound.asReadOnlyBuffer());
        bytes += sound.remaining();
    }

    /** Returns all that the file does not have yet. The caller writes it, and then calls {@link #written}. */
    List<ByteBuffer> beginWriting() {
        List<ByteBuffer> batch = new ArrayList<>(memory);
        writing = batch.size();
        return batch;
    }

    /** Ends the writing that was begun: drops its buffers from memory, because the file has them now. */
    void written() {
        for (int left = writing; left > 0 && !givenUp; left--) {
            memoryFrom += memory.remove().remaining();
            inFile = memoryFrom;
        }
        writing = 0;
    }

    /** Gives the file up: no more goes into it, and what is being written does not count. */
    void giveUp() {
        givenUp = true;
    }

    /** Drops from memory what lies before that position, if the file is given up; in bytes. */
    void forgetBefore(long position) {
        while (givenUp && !memory.isEmpty() && memoryFrom + memory.getFirst().remaining() <= position) {
            memoryFrom += memory.remove().remaining();
        }
    }

    /** Tells whether some sound is neither in the file nor in memory any more. */
    boolean hasGap() {
        return memoryFrom > inFile;
    }

    /** Tells whether the sound at that position is neither in the file nor in memory any more. */
    boolean isForgotten(long position) {
        return position >= inFile && position < memoryFrom;
    }

    /** Returns the sound from that position, in bytes, to the end of the buffer that has it; null if it is not in memory. */
    @Nullable ByteBuffer bufferAt(long position) {
        if (position < memoryFrom || position >= bytes) {
            return null;
        }
        long from = memoryFrom;
        for (ByteBuffer buffer : memory) {
            if (position < from + buffer.remaining()) {
                ByteBuffer view = buffer.duplicate();
                return view.position(view.position() + (int) (position - from));
            }
            from += buffer.remaining();
        }
        return null;
    }
}
