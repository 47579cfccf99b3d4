package dev.stentor.cluster;

import dev.stentor.cluster.EntryMemory.Remembered;
import java.nio.ByteBuffer;

/**
 * A block of memory with entries one behind the other: time, epoch, number, body, and the length of the body. Entries come at its end, and
 * are taken away at both. Confined to one thread.
 */
final class EntryBlock {

    private static final int HEAD_BYTES = 3 * Long.BYTES;
    /** What an entry takes besides its body: its head, and the length before the body and behind it. */
    private static final int EXTRA_BYTES = HEAD_BYTES + 2 * Integer.BYTES;

    private final ByteBuffer bytes;
    private int first;

    /** Creates an empty block of so many bytes, or of more if that entry needs more. */
    EntryBlock(int size, Remembered entry) {
        bytes = ByteBuffer.allocate(Math.max(size, bytesOf(entry)));
    }

    /** Returns how many bytes it has. */
    int size() {
        return bytes.capacity();
    }

    boolean isEmpty() {
        return first == bytes.position();
    }

    boolean fits(Remembered entry) {
        return bytesOf(entry) <= bytes.remaining();
    }

    /** Adds a copy of an entry, which must fit. */
    void addLast(Remembered entry) {
        EntryId id = entry.entry().id();
        ByteBuffer body = entry.entry().body();
        bytes.putLong(entry.atMicros())
                .putLong(id.epoch())
                .putLong(id.seq())
                .putInt(body.remaining())
                .put(body.duplicate())
                .putInt(body.remaining());
    }

    /** Returns the id of the last entry. There must be one. */
    EntryId lastId() {
        int at = startOfLast();
        return new EntryId(bytes.getLong(at + Long.BYTES), bytes.getLong(at + 2 * Long.BYTES));
    }

    /** Removes the first entry. There must be one. */
    void removeFirst() {
        first += EXTRA_BYTES + bytes.getInt(first + HEAD_BYTES);
    }

    /** Removes the last entry, and returns it with a body of its own. There must be one. */
    Remembered removeLast() {
        int at = startOfLast();
        EntryId id = lastId();
        byte[] body = new byte[bytes.getInt(at + HEAD_BYTES)];
        bytes.get(at + HEAD_BYTES + Integer.BYTES, body);
        long atMicros = bytes.getLong(at);
        bytes.position(at);
        return new Remembered(new ChannelEntry(id, ByteBuffer.wrap(body)), atMicros);
    }

    /** Returns this block without entries. */
    EntryBlock cleared() {
        bytes.clear();
        first = 0;
        return this;
    }

    private int startOfLast() {
        return bytes.position() - EXTRA_BYTES - bytes.getInt(bytes.position() - Integer.BYTES);
    }

    private static int bytesOf(Remembered entry) {
        return EXTRA_BYTES + entry.entry().body().remaining();
    }
}
