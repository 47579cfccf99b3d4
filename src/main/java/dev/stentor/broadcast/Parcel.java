package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.socket.Outlet;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import io.netty.buffer.ByteBuf;

/**
 * A run of entries in one piece of memory, to be sent at once to each of a loop's listeners. It belongs to that loop alone, so
 * no other loop touches its reference count. The code that creates it must release it.
 *
 * @param fromSeq its first entry
 * @param nextSeq the entry after its last
 * @param pos the sample after its last frame; {@link #NOWHERE} if it has no frame
 * @param clearedPos the first sample after its clear; {@link #NOWHERE} if it has no clear
 * @param bytes whole framed messages
 */
record Parcel(long fromSeq, long nextSeq, long pos, long clearedPos, ByteBuf bytes) {

    /** No position. */
    static final long NOWHERE = -1;

    /** The most entries: a fifth of a second cannot be taken back from a socket that fills up, and no more. */
    private static final int MOST_ENTRIES = 10;

    /** Copies the entries from this one on, which must be in the ring; as many as go into one parcel. */
    static Parcel of(EntryRing ring, long fromSeq) {
        long nextSeq = Math.min(ring.nextSeq(), fromSeq + MOST_ENTRIES);
        int length = 0;
        for (long seq = fromSeq; seq < nextSeq; seq++) {
            length += ring.get(seq).message().bytes();
        }
        ByteBuf bytes = ring.get(fromSeq).message().block().alloc().directBuffer(length);
        long pos = NOWHERE;
        long clearedPos = NOWHERE;
        for (long seq = fromSeq; seq < nextSeq; seq++) {
            Entry entry = ring.get(seq);
            entry.message().appendTo(bytes);
            switch (entry.event()) {
                case Audio frame -> pos = frame.pos() + SpeechTime.FRAME_SAMPLES;
                case SpeechCleared cleared -> clearedPos = cleared.pos();
                default -> {}
            }
        }
        return new Parcel(fromSeq, nextSeq, pos, clearedPos, bytes);
    }

    /** Returns how many entries it holds. */
    long entries() {
        return nextSeq - fromSeq;
    }

    /** Sends it; the outlet keeps a reference of its own to what it does not send at once. */
    Outlet.Sent sendTo(Outlet outlet) {
        return outlet.send(bytes);
    }

    void release() {
        bytes.release();
    }
}
