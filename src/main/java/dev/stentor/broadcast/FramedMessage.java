package dev.stentor.broadcast;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A framed WebSocket message in a block of memory that others share. Immutable; read on any thread. Whoever holds it owns a reference of the
 * block.
 *
 * @param block its indices are never moved by readers
 * @param at index of its first byte in the block
 */
record FramedMessage(ByteBuf block, int at, int bytes) {

    /** A message that nobody gets. */
    static final FramedMessage NONE = new FramedMessage(Unpooled.EMPTY_BUFFER, 0, 0);

    /** Adds it to the end of a buffer. */
    void appendTo(ByteBuf target) {
        target.writeBytes(block, at, bytes);
    }

    /** Copies its last bytes, as many as there is room for. */
    void copyEnd(byte[] target) {
        block.getBytes(at + Math.subtractExact(bytes, target.length), target);
    }

    /** Returns a copy in a buffer of its own, which the caller owns. */
    ByteBuf copy() {
        return block.copy(at, bytes);
    }

    void retain() {
        block.retain();
    }

    void release() {
        block.release();
    }
}
