package dev.stentor.archive;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has been heard so far: its older part in a file, its newest in memory until the file has it. If the file is given up, what
 * it does not have stays in memory. Confined to the mailbox of its flight.
 */
final class SpillBuffer {

    private final Deque<ByteBuffer> memory = new ArrayDeque<>();
    private long bytes;
    private long memoryFrom;
    private long inFile;
    private int writing;
    private boolean givenUp;

    long bytes() {
        return bytes;
    }

    long inFile() {
        return inFile;
    }

    long inMemory() {
        return bytes - memoryFrom;
    }

    boolean isGivenUp() {
        return givenUp;
    }

    /** Whether the file has everything. */
    boolean isWhole() {
        return !givenUp && inFile == bytes;
    }

    void add(ByteBuffer sound) {
        memory.add(sound.asReadOnlyBuffer());
        bytes += sound.remaining();
    }

    /** All that the file does not have yet; to be written, and {@link #written} to be called. */
    List<ByteBuffer> beginWriting() {
        List<ByteBuffer> batch = new ArrayList<>(memory);
        writing = batch.size();
        return batch;
    }

    /** What was begun is in the file. */
    void written() {
        for (int left = writing; left > 0 && !givenUp; left--) {
            memoryFrom += memory.remove().remaining();
            inFile = memoryFrom;
        }
        writing = 0;
    }

    /** No more goes into the file, and nothing that is on its way there counts. */
    void giveUp() {
        givenUp = true;
    }

    /** Once the file is given up: nobody will need what is before that, and is in memory. */
    void forgetBefore(long position) {
        while (givenUp && !memory.isEmpty() && memoryFrom + memory.getFirst().remaining() <= position) {
            memoryFrom += memory.remove().remaining();
        }
    }

    /** Whether something is neither in the file nor in memory any more. */
    boolean hasGap() {
        return memoryFrom > inFile;
    }

    /** Whether that place is neither in the file nor in memory any more. */
    boolean isForgotten(long position) {
        return position >= inFile && position < memoryFrom;
    }

    /** From there to the end of the buffer that has it; null if it is not in memory. */
    @Nullable ByteBuffer inMemory(long position) {
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
