package dev.stentor.channel;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The blocks of memory in which all channels keep the sound that they have and have not released. They are used again: new ones for each utterance
 * would live just long enough for the garbage collector to copy them. Confined to the clock's thread.
 */
final class SoundBlocks {

    /** A third of a second of sound. */
    static final int BLOCK_BYTES = 16 * 1024;

    /** The most blocks that are kept while nobody uses them: 16 MB. */
    private static final int MOST_SPARE = 1024;

    private final Deque<ByteBuffer> spare = new ArrayDeque<>();

    /** Returns an empty block: its limit is 0. The caller owns it. */
    ByteBuffer take() {
        ByteBuffer block = spare.poll();
        return (block == null ? ByteBuffer.allocate(BLOCK_BYTES) : block)
                .clear()
                .limit(0);
    }

    /** Takes a block back, of which the caller has no view any more. */
    void giveBack(ByteBuffer block) {
        if (spare.size() < MOST_SPARE) {
            spare.push(block);
        }
    }

    /** Returns how many blocks are kept that nobody uses. */
    int spare() {
        return spare.size();
    }
}
