package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Audio;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The states of a channel before each of a ring's entries. A state is kept behind each event that is not sound; what is sound moves the
 * position only. So a listener that joins near the head costs a few steps, and no state is kept for a frame. Confined to the
 * ring's thread.
 */
final class JoinSnapshots {

    private final Deque<State> states = new ArrayDeque<>();
    /** The state before the first entry of the ring, but for its position. */
    private JoinSnapshot first;
    /** The sample after the last frame before the ring. */
    private long firstPos;

    /** The state after the entry of that number, which is not sound. */
    private record State(long seq, JoinSnapshot after) {}

    /** @param first the state before the next entry */
    JoinSnapshots(JoinSnapshot first) {
        this.first = first;
        this.firstPos = first.pos();
    }

    /** Takes note of an entry that the ring has just got. */
    void added(EntryRing ring, Entry entry) {
        if (!(entry.event() instanceof Audio)) {
            states.addLast(new State(entry.seq(), before(ring, entry.seq()).after(entry)));
        }
    }

    /** Takes note that the ring evicts its first entry. */
    void evicted(Entry entry) {
        if (entry.event() instanceof Audio frame) {
            firstPos = end(frame);
        } else {
            first = states.removeFirst().after();
            firstPos = first.pos();
        }
    }

    /** Returns the state before the first entry of the ring. */
    JoinSnapshot beforeFirst() {
        return first.at(firstPos);
    }

    /** Returns the state before an entry of the ring, or before the next one. */
    JoinSnapshot before(EntryRing ring, long seq) {
        State known = lastBefore(seq);
        long from = known == null ? ring.firstSeq() : known.seq() + 1;
        for (long at = seq - 1; at >= from; at--) {
            if (ring.get(at).event() instanceof Audio frame) {
                return (known == null ? first : known.after()).at(end(frame));
            }
        }
        return known == null ? beforeFirst() : known.after();
    }

    private @Nullable State lastBefore(long seq) {
        for (Iterator<State> latest = states.descendingIterator(); latest.hasNext(); ) {
            State state = latest.next();
            if (state.seq() < seq) {
                return state;
            }
        }
        return null;
    }

    private static long end(Audio frame) {
        return frame.pos() + SpeechTime.FRAME_SAMPLES;
    }
}
