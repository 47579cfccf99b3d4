package dev.stentor.speech;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A WAV file with all the sound of one request, or the reason why there is none. */
public sealed interface WholeFile {

    /**
     * A file that the service keeps. The sizes in such a file's header may be wrong.
     *
     * @param address of the file; needs no credential
     * @param expires end of its time; null if not known
     */
    record AtService(URI address, @Nullable Instant expires) implements WholeFile {}

    /**
     * A file in this gateway's own archive.
     *
     * @param id its name there, to which addresses can be made as long as the archive keeps it
     */
    record Archived(String id) implements WholeFile {}

    /** No file: the sound was heard whole, but could not be kept. */
    record NotKept(Why why) implements WholeFile {}

    /** The reason why a sound was not kept. */
    enum Why {
        /** It is longer than one recording may be. */
        TOO_LONG,
        /** The recordings that are being made fill the archive. */
        NO_ROOM,
        /** It could not be written, or not in time. */
        DISK
    }
}
