package dev.stentor.cluster;

import dev.stentor.cluster.EntryMemory.Remembered;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The latest entries of a channel that are stored, as bytes in few large blocks, which are used again. As objects they would live just long
 * enough for the garbage collector to copy each of them several times. Confined to the clock's thread.
 */
final class StoredEntries {

    /** A channel that hardly speaks needs no more than that. */
    private static final int FIRST_BYTES = 1024;

    private static final int USUAL_BYTES = 64 * 1024;

    private final Deque<EntryBlock> blocks = new ArrayDeque<>();
    /** A block that is empty, for what comes next; null if there is none. */
    private @Nullable EntryBlock spare;

    private int size;

    /** Returns how many entries there are. */
    int size() {
        return size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Adds a copy of an entry behind the others. */
    void addLast(Remembered entry) {
        if (blocks.isEmpty() || !blocks.getLast().fits(entry)) {
            blocks.addLast(blockFor(entry));
        }
        blocks.getLast().addLast(entry);
        size++;
    }

    /** Returns the id of the last one. There must be one. */
    EntryId lastId() {
        return blocks.getLast().lastId();
    }

    /** Removes the first one. There must be one. */
    void removeFirst() {
        blocks.getFirst().removeFirst();
        size--;
        if (blocks.getFirst().isEmpty()) {
            keep(blocks.removeFirst());
        }
    }

    /** Removes the last one, and returns it. There must be one. */
    Remembered removeLast() {
        Remembered last = blocks.getLast().removeLast();
        size--;
        if (blocks.getLast().isEmpty()) {
            keep(blocks.removeLast());
        }
        return last;
    }

    /** Returns how many bytes all blocks have. */
    int bytes() {
        return blocks.stream().mapToInt(EntryBlock::size).sum() + (spare == null ? 0 : spare.size());
    }

    private void keep(EntryBlock empty) {
        spare = empty.size() == USUAL_BYTES ? empty.cleared() : spare;
    }

    /** Returns the spare one, or a new one, twice as large as the last. */
    private EntryBlock blockFor(Remembered entry) {
        EntryBlock known = spare;
        if (known != null && known.fits(entry)) {
            spare = null;
            return known;
        }
        int size = blocks.isEmpty() ? FIRST_BYTES : 2 * blocks.getLast().size();
        return new EntryBlock(Math.min(USUAL_BYTES, size), entry);
    }
}
