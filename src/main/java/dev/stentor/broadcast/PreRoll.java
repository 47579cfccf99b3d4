package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.WebSocketFraming;
import dev.stentor.channel.ChannelEvent.Audio;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * The frames before an entry that bring the decoder of a listener from another node into the state of this node's encoder. Events among
 * them are left out, since the listener has them; the frames have the numbers right before the entry, so that no number is missing.
 *
 * @param seq number of that entry
 * @param seqs numbers of the frames in the ring, the earliest first
 */
record PreRoll(EntryRing ring, long seq, List<Long> seqs) {

    private static final int SEQ_OFFSET = 4;

    /** Finds so many frames before an entry; none where the sound before it had ended, for a decoder has come to rest there. */
    static PreRoll before(long seq, int frames, EntryRing ring) {
        List<Long> found = new ArrayList<>();
        for (long at = ring.framesBefore(seq, frames); at < seq; at++) {
            if (ring.get(at).event() instanceof Audio) {
                found.add(at);
            }
        }
        boolean goesOn =
                !found.isEmpty() && !endsSound((Audio) ring.get(found.getLast()).event());
        return new PreRoll(ring, seq, goesOn ? found : List.of());
    }

    private static boolean endsSound(Audio frame) {
        return frame.last() && !frame.mixed();
    }

    boolean isEmpty() {
        return seqs.isEmpty();
    }

    /** Returns the number under which the first frame is sent. */
    long firstSeq() {
        return seq - seqs.size();
    }

    /** Returns a copy of each frame under its new number; the caller owns them. */
    List<ByteBuf> frames() {
        List<ByteBuf> frames = new ArrayList<>();
        for (long source : seqs) {
            ByteBuf frame = ring.get(source).message().copy();
            frames.add(
                    frame.setInt(WebSocketFraming.payload(frame, 0) + SEQ_OFFSET, (int) (firstSeq() + frames.size())));
        }
        return frames;
    }
}
