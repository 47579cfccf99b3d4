package dev.stentor.cluster;

import java.nio.ByteBuffer;

/**
 * An entry of a channel's history.
 *
 * @param body its bytes, read-only and on the heap; a reader duplicates it
 */
public record ChannelEntry(EntryId id, ByteBuffer body) {

    public ChannelEntry {
        body = body.asReadOnlyBuffer();
    }
}
