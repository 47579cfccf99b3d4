package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import java.util.Optional;

/**
 * The latest entries of a channel, by their numbers. Owns one reference of each entry in it, and gives it back on eviction.
 * Confined to one thread: the clock's for a channel's own ring, an event loop's for that loop's view. See ADR 2.
 */
final class EntryRing {

    private static final int FEWEST_SLOTS = 16;

    private long keepMicros;
    private EntrySlots slots = new EntrySlots(FEWEST_SLOTS);
    private long firstSeq;
    private long nextSeq;
    private long clearSeq;
    private long headPos;
    private final JoinSnapshots snapshots;

    /**
     * Creates an empty ring.
     *
     * @param keepMicros entries released longer ago than this are evicted when a new one comes
     * @param nextSeq the number of the next entry
     * @param beforeFirst the state of the channel before the next entry
     */
    EntryRing(long keepMicros, long nextSeq, JoinSnapshot beforeFirst) {
        this.keepMicros = keepMicros;
        this.firstSeq = nextSeq;
        this.nextSeq = nextSeq;
        this.snapshots = new JoinSnapshots(beforeFirst);
        this.clearSeq = nextSeq;
        this.headPos = beforeFirst.pos();
    }

    /** Sets for how long entries are kept; older ones are evicted when a new one comes. */
    void keep(long newKeepMicros) {
        keepMicros = newKeepMicros;
    }

    /** Returns a ring with the same entries, each retained once more for it. */
    EntryRing copy() {
        var copy = new EntryRing(keepMicros, firstSeq, snapshots.beforeFirst());
        for (long seq = firstSeq; seq < nextSeq; seq++) {
            Entry entry = get(seq);
            entry.retain();
            copy.add(entry);
        }
        return copy;
    }

    /** Adds an entry, and takes over the caller's reference. */
    void add(Entry entry) {
        if (entry.seq() != nextSeq) {
            throw new IllegalStateException("entry " + entry.seq() + " came where " + nextSeq + " was due");
        }
        while (firstSeq < nextSeq && slots.releasedMicros(firstSeq) < entry.releasedMicros() - keepMicros) {
            evictFirst();
        }
        if (nextSeq - firstSeq == slots.number()) {
            grow();
        }
        switch (entry.event()) {
            case SpeechCleared cleared -> {
                clearSeq = entry.seq();
                headPos = cleared.pos();
            }
            case Audio frame -> headPos = frame.pos() + SpeechTime.FRAME_SAMPLES;
            default -> {}
        }
        slots.put(entry);
        snapshots.added(this, entry);
        nextSeq++;
    }

    /** Returns the entry of that number, which must be in the ring. It stays owned by the ring, which keeps sound in messages alone. */
    Entry get(long seq) {
        return slots.get(seq);
    }

    boolean holds(long seq) {
        return seq >= firstSeq && seq < nextSeq;
    }

    /** Returns the number of the oldest entry; if the ring is empty, of the next one. */
    long firstSeq() {
        return firstSeq;
    }

    /** Returns the number of the entry that comes next. */
    long nextSeq() {
        return nextSeq;
    }

    /** Returns the sample after the last frame. */
    long headPos() {
        return headPos;
    }

    /** Returns the oldest entry that is valid: what was released before the latest clear is cancelled. */
    long firstValidSeq() {
        return Math.max(firstSeq, clearSeq);
    }

    /** Returns the latest clear, if it is in the ring and not before that entry. */
    Optional<Entry> clearFrom(long seq) {
        boolean there = holds(clearSeq) && clearSeq >= seq && get(clearSeq).event() instanceof SpeechCleared;
        return there ? Optional.of(get(clearSeq)) : Optional.empty();
    }

    /**
     * Returns how late an entry is now, in µs: the time since it was due, or released, if that was later. An event is due with
     * the frame before it. So a listener that is sent a long lead at once has time until the lead is to be heard.
     */
    long lateMicros(long seq, long nowMicros) {
        long since = slots.releasedMicros(seq);
        for (long at = seq; holds(at) && !(get(at).event() instanceof SpeechCleared); at--) {
            if (get(at).event() instanceof Audio frame) {
                since = Math.max(since, frame.playMicros());
                break;
            }
        }
        return nowMicros - since;
    }

    /** Returns the entry to join with so as to hear what everybody hears: the first frame that is not due yet. */
    long liveEdge(long nowMicros) {
        long edge = nextSeq;
        for (long seq = nextSeq - 1; seq >= firstValidSeq(); seq--) {
            ChannelEvent event = get(seq).event();
            if (event instanceof Audio frame) {
                if (frame.playMicros() <= nowMicros) {
                    break;
                }
                edge = seq;
            }
        }
        return edge;
    }

    /** Returns the entry from which on so many frames come before that one, or as many as are valid. */
    long framesBefore(long seq, int frames) {
        long from = seq;
        int found = 0;
        for (long before = seq - 1; found < frames && before >= firstValidSeq(); before--) {
            if (get(before).event() instanceof Audio) {
                from = before;
                found++;
            }
        }
        return from;
    }

    /** Returns the state of the channel before that entry. */
    JoinSnapshot before(long seq) {
        return snapshots.before(this, Math.max(seq, firstSeq));
    }

    /** Gives all references back; the ring is empty then. */
    void release() {
        while (firstSeq < nextSeq) {
            evictFirst();
        }
    }

    private void evictFirst() {
        snapshots.evicted(get(firstSeq));
        slots.release(firstSeq);
        firstSeq++;
    }

    private void grow() {
        var larger = new EntrySlots(slots.number() * 2);
        for (long seq = firstSeq; seq < nextSeq; seq++) {
            larger.put(get(seq));
        }
        slots = larger;
    }
}
