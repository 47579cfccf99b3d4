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

    private final Deque<EntryBlock> blocks = new ArrayDeque<>();
    /** A block that is empty, for what comes next; null if there is none. */
    private @Nullable EntryBlock spare;

    private int size;

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
            spare = blocks.removeFirst().cleared();
        }
    }

    /** Removes the last one, and returns it. There must be one. */
    Remembered removeLast() {
        Remembered last = blocks.getLast().removeLast();
        size--;
        if (blocks.getLast().isEmpty()) {
            spare = blocks.removeLast().cleared();
        }
        return last;
    }

    private EntryBlock blockFor(Remembered entry) {
        EntryBlock known = spare;
        spare = null;
        return known != null && known.fits(entry) ? known : new EntryBlock(entry);
    }
}
