package dev.stentor.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The latest entries of a channel that this node leads: those that are stored, and behind them those that are not yet. The oldest make
 * room for new ones. Of those that are stored only a third of all is kept, as they matter only if the cluster loses its memory. Confined to
 * the clock's thread.
 */
final class EntryMemory {

    private static final int STORED_SHARE = 3;

    private final int most;
    private final StoredEntries stored = new StoredEntries();
    private final Deque<Remembered> waiting = new ArrayDeque<>();

    /** An entry, and the clock's time at which it was published. */
    record Remembered(ChannelEntry entry, long atMicros) {
        private EntryId id() {
            return entry.id();
        }
    }

    EntryMemory(int most) {
        this.most = most;
    }

    /** Remembers an entry that is not stored. Returns whether another one had to be given up for it that was not stored either. */
    boolean add(ChannelEntry entry, long nowMicros) {
        boolean isFull = stored.size() + waiting.size() >= most;
        boolean givesUp = isFull && stored.isEmpty();
        if (isFull) {
            makeRoom();
        }
        waiting.addLast(new Remembered(entry, nowMicros));
        return givesUp;
    }

    boolean isAllStored() {
        return waiting.isEmpty();
    }

    /** Returns the first entries to store: at most so many, all of them older or none older than the time. */
    List<Remembered> next(int limit, long freshFromMicros) {
        var next = new ArrayList<Remembered>();
        for (Remembered entry : waiting) {
            boolean otherKind = !next.isEmpty()
                    && (entry.atMicros() < freshFromMicros) != (next.getFirst().atMicros() < freshFromMicros);
            if (next.size() == limit || otherKind) {
                break;
            }
            next.add(entry);
        }
        return next;
    }

    /** Records that all entries up to this one are stored. */
    void storedUpTo(EntryId last) {
        while (!waiting.isEmpty() && waiting.getFirst().id().compareTo(last) <= 0) {
            stored.addLast(waiting.removeFirst());
        }
        while (stored.size() > most / STORED_SHARE) {
            stored.removeFirst();
        }
    }

    /** Returns how many entries are kept. */
    int size() {
        return stored.size() + waiting.size();
    }

    /** Records that the history ends with this one: later entries wait again, even if they had been stored. */
    void storedOnlyUpTo(EntryId last) {
        while (!stored.isEmpty() && stored.lastId().compareTo(last) > 0) {
            waiting.addFirst(stored.removeLast());
        }
        storedUpTo(last);
    }

    private void makeRoom() {
        if (stored.isEmpty()) {
            waiting.removeFirst();
        } else {
            stored.removeFirst();
        }
    }
}
