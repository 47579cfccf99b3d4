package dev.stentor.speech;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where all the sound of one request is kept as a WAV file. */
public sealed interface WholeFile {

    /**
     * With the service that made it. The sizes in such a file's header may be wrong.
     *
     * @param address to be fetched from without a credential
     * @param expires until when; null if not known
     */
    record AtService(URI address, @Nullable Instant expires) implements WholeFile {}

    /**
     * In this gateway's own archive.
     *
     * @param id names it there
     * @param expires until when it is kept
     */
    record Archived(String id, Instant expires) implements WholeFile {}
}
