package dev.stentor.cluster;

import java.util.Comparator;

/**
 * The id of an entry in a channel's history. A later lease has a higher epoch; numbers go on through epochs.
 *
 * @param epoch epoch of the lease under which the entry was made, at least 0
 * @param seq number of the entry in its channel; the first one is 1, 0 is before all entries
 */
public record EntryId(long epoch, long seq) implements Comparable<EntryId> {

    /** Comes before all entries. */
    public static final EntryId NONE = new EntryId(0, 0);

    private static final Comparator<EntryId> ORDER =
            Comparator.comparingLong(EntryId::epoch).thenComparingLong(EntryId::seq);

    public EntryId {
        if (epoch < 0 || seq < 0) {
            throw new IllegalArgumentException("epoch and seq must not be negative, were " + epoch + " and " + seq);
        }
    }

    /** Reads what {@link #toString} wrote. Throws {@link IllegalArgumentException} if it is something else. */
    public static EntryId parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            throw new IllegalArgumentException("not an id of an entry: " + text.length() + " characters");
        }
        return new EntryId(Long.parseLong(text, 0, dash, 10), Long.parseLong(text, dash + 1, text.length(), 10));
    }

    @Override
    public int compareTo(EntryId other) {
        return ORDER.compare(this, other);
    }

    /** Writes {@code <epoch>-<seq>}. */
    @Override
    public String toString() {
        return epoch + "-" + seq;
    }
}
