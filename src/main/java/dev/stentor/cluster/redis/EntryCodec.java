package dev.stentor.cluster.redis;

import dev.stentor.cluster.ChannelEntry;
import dev.stentor.cluster.EntryId;
import java.nio.ByteBuffer;

/** The bytes of an entry in Redis: epoch and number, 8 bytes each, big-endian, and then its body. */
final class EntryCodec {

    private static final int HEAD_BYTES = 16;

    private EntryCodec() {}

    static byte[] encode(ChannelEntry entry) {
        ByteBuffer body = entry.body().duplicate();
        return ByteBuffer.allocate(HEAD_BYTES + body.remaining())
                .putLong(entry.id().epoch())
                .putLong(entry.id().seq())
                .put(body)
                .array();
    }

    /** Reads the bytes, and keeps them. Throws {@link IllegalArgumentException} if they are something else. */
    static ChannelEntry decode(byte[] bytes) {
        if (bytes.length < HEAD_BYTES) {
            throw new IllegalArgumentException("an entry in Redis has " + bytes.length + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        var id = new EntryId(buffer.getLong(), buffer.getLong());
        return new ChannelEntry(id, buffer.slice());
    }
}
