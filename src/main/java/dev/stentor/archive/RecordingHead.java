package dev.stentor.archive;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A recording as one archive describes it to another one, without its sound.
 *
 * @param id names it in all archives
 * @param samples length of its sound, in samples at 24 kHz
 * @param characters of its request, as billed
 * @param requestId the engine's own id of its request
 * @param requestKey tells equal requests from others; null if it answers no other request
 * @param timing content of the file that says where its sentences begin; empty if there is none. Its position is not moved.
 */
public record RecordingHead(
        String id,
        long samples,
        long characters,
        String requestId,
        @Nullable String requestKey,
        ByteBuffer timing) {}
