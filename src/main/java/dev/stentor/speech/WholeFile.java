package dev.stentor.speech;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A WAV file with all the sound of one request. */
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
}
