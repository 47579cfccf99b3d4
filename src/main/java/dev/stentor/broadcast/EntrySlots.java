package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent.Audio;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a ring: frames as numbers in arrays, without their sound, which is in their messages; all other entries as they are. As objects the
 * frames would live just long enough for the garbage collector to copy each of them several times. Confined to the ring's thread.
 */
final class EntrySlots {

    private static final ByteBuffer NO_SOUND = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private static final byte FIRST = 1;
    private static final byte LAST = 2;
    private static final byte MIXED = 4;

    /** The entries that are no frames; null where a frame is, or nothing. */
    private final @Nullable Entry[] others;

    private final long[] releasedMicros;
    private final ByteBuf[] blocks;
    private final int[] at;
    private final int[] bytes;
    private final int[] generations;
    private final long[] positions;
    private final long[] playMicros;
    private final int[] samples;
    private final byte[] flags;

    /** @param number of the slots; a power of two */
    EntrySlots(int number) {
        others = new Entry[number];
        releasedMicros = new long[number];
        blocks = new ByteBuf[number];
        at = new int[number];
        bytes = new int[number];
        generations = new int[number];
        positions = new long[number];
        playMicros = new long[number];
        samples = new int[number];
        flags = new byte[number];
    }

    int number() {
        return others.length;
    }

    /** Puts an entry into its slot, and takes over the caller's reference. */
    void put(Entry entry) {
        int slot = slot(entry.seq());
        releasedMicros[slot] = entry.releasedMicros();
        if (!(entry.event() instanceof Audio frame)) {
            others[slot] = entry;
            return;
        }
        others[slot] = null;
        blocks[slot] = entry.message().block();
        at[slot] = entry.message().at();
        bytes[slot] = entry.message().bytes();
        generations[slot] = frame.generation();
        positions[slot] = frame.pos();
        playMicros[slot] = frame.playMicros();
        samples[slot] = frame.samples();
        flags[slot] = (byte) ((frame.first() ? FIRST : 0) | (frame.last() ? LAST : 0) | (frame.mixed() ? MIXED : 0));
    }

    /** Returns the entry of that number; its reference stays that of the slot. There must be one. */
    Entry get(long seq) {
        int slot = slot(seq);
        Entry other = others[slot];
        return other == null ? frame(seq, slot) : other;
    }

    /** Returns when the entry of that number was released. There must be one. */
    long releasedMicros(long seq) {
        return releasedMicros[slot(seq)];
    }

    /** Empties the slot of that number, and gives its reference back. There must be an entry. */
    void release(long seq) {
        int slot = slot(seq);
        Entry other = others[slot];
        if (other == null) {
            blocks[slot].release();
        } else {
            other.release();
        }
        others[slot] = null;
        blocks[slot] = Unpooled.EMPTY_BUFFER;
    }

    private Entry frame(long seq, int slot) {
        var frame = new Audio(
                generations[slot],
                positions[slot],
                playMicros[slot],
                (flags[slot] & FIRST) != 0,
                (flags[slot] & LAST) != 0,
                NO_SOUND,
                samples[slot],
                (flags[slot] & MIXED) != 0);
        var message = new FramedMessage(blocks[slot], at[slot], bytes[slot]);
        return new Entry(seq, frame, releasedMicros[slot], message, "");
    }

    private int slot(long seq) {
        return (int) (seq & (others.length - 1));
    }
}
