package dev.stentor.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Something that readers read, each at its own position. All but {@link #read} is confined to its mailbox. */
interface ReadableAudio {

    /** Runs the task in its mailbox; may be called from any thread. */
    void execute(Runnable task);

    /** How many bytes there are by now. */
    long bytes();

    /** From there to the end of a buffer that is in memory; null if the file has it. */
    @Nullable ByteBuffer inMemory(long position);

    /** How many bytes the file has by now. */
    long inFile();

    /** From the file; blocks. */
    ByteBuffer read(long position, int bytes) throws IOException;

    /** Whether there will be no more. */
    boolean isOver();

    /** The file could not be read where a reader stands; to be told to it. */
    void unreadable(AudioReader reader, Throwable cause);

    /** A reader has asked for more. */
    void asked();

    /** A reader has cancelled. */
    void left(AudioReader reader);

    /** Does what may block. */
    DiskScheduler disk();
}
