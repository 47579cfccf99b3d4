package dev.stentor.archive;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A sound that readers read, each at its own position. All but {@link #execute} and {@link #read} is confined to its executor. */
interface ReadableAudio {

    /** Runs the task on its executor; may be called from any thread. */
    void execute(Runnable task);

    /** Returns the sound so far; what is not in memory is to be {@linkplain #read read}. */
    SpillBuffer buffer();

    /** Reads so many bytes from the file; blocks. */
    ByteBuffer read(long position, int bytes) throws IOException;

    /** Tells whether no more sound will come. */
    boolean isOver();

    /** Tells a reader that the file cannot be read at its position. */
    void unreadable(AudioReader reader, Throwable cause);

    /** Serves readers, one of which has asked for more. */
    void asked();

    /** Lets a reader go that has cancelled. */
    void left(AudioReader reader);

    /** Returns where tasks run that may block. */
    DiskScheduler disk();
}
