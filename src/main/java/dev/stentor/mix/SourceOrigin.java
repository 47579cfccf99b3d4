package dev.stentor.mix;

import java.util.Optional;

/** The origin of a source, as far as whoever mixes it has to know. Called from any thread. */
public interface SourceOrigin {

    /** The origin of a source that holds no sound in memory and cannot fail. */
    SourceOrigin NONE = new SourceOrigin() {};

    /** Returns the sound that the source holds in memory as a whole; empty if it holds none. */
    default Optional<SoundClip> clip() {
        return Optional.empty();
    }

    /** Returns a text by which another process can make the same source; empty if none can. */
    default Optional<String> recipe() {
        return Optional.empty();
    }

    /** Tells whether the source failed: it ends early then, or without any sound. */
    default boolean hasFailed() {
        return false;
    }
}
