package dev.stentor.cluster;

import java.util.List;

/**
 * Entries that are appended together.
 *
 * @param entries at least one, all of one epoch, with ascending numbers
 */
public record EntryBatch(List<ChannelEntry> entries) {

    public EntryBatch {
        entries = List.copyOf(entries);
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("a batch has at least one entry");
        }
        for (int i = 1; i < entries.size(); i++) {
            EntryId before = entries.get(i - 1).id();
            EntryId id = entries.get(i).id();
            if (id.epoch() != before.epoch() || id.seq() <= before.seq()) {
                throw new IllegalArgumentException("entry " + id + " cannot follow " + before + " in a batch");
            }
        }
    }

    /** Returns the epoch of all of them. */
    public long epoch() {
        return entries.getFirst().id().epoch();
    }
}
