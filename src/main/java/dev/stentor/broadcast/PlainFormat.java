package dev.stentor.broadcast;

import java.util.Optional;

/**
 * The form in which sound of one encoded format is handed to plain clients. Confined to the clock's thread.
 *
 * @param <T> what clients get
 */
interface PlainFormat<T> {

    /** Returns the codec of a new stream. */
    FrameCodec codec();

    /** Returns the receiver of figures about the encoding. */
    EncodingStats stats();

    /** Returns how many frames of silence bring the end of an utterance out of the codec. */
    int tailFrames();

    /** Returns what a client gets before all else; empty if nothing. */
    Optional<T> first();

    /**
     * Returns the sound of a frame, which all clients share; empty if the codec has given nothing for it.
     *
     * @param bytes from the codec
     * @param title caption that is heard with the frame
     */
    Optional<T> sound(byte[] bytes, String title);

    /** Returns the same sound for clients that will get nothing more for a while. */
    T beforePause(T sound);

    /** Returns what tells clients the same if the codec has given no sound for the last frame; empty if nothing does. */
    default Optional<T> pause() {
        return Optional.empty();
    }

    /** Forgets the stream, which has ended. */
    void end();
}
