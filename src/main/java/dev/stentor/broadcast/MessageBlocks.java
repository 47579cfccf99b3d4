package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.WebSocketFraming;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/**
 * A writer of framed messages, one behind the other into few large buffers. A buffer for each message would be three objects more for the garbage
 * collector to copy, a thousand times for each ring. Confined to the clock's thread; what it has written may be read on any.
 */
final class MessageBlocks {

    /** The first block: a channel that hardly speaks needs no more. */
    private static final int FIRST_BYTES = 1024;

    /** The largest block, but for one whose first message is larger: 0.6 s of sound in PCM. */
    private static final int MOST_BYTES = 32 * 1024;

    private final ByteBufAllocator allocator;
    private ByteBuf block = Unpooled.EMPTY_BUFFER;

    MessageBlocks(ByteBufAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * Writes a message. The caller owns its one reference.
     *
     * @param opcode of its frame
     * @param payload writes exactly as many bytes as were announced
     */
    FramedMessage write(int opcode, int payloadBytes, Consumer<ByteBuf> payload) {
        ByteBuf target = blockFor(WebSocketFraming.MOST_HEAD_BYTES + payloadBytes);
        int at = target.writerIndex();
        WebSocketFraming.writeHead(target, opcode, payloadBytes);
        payload.accept(target);
        return new FramedMessage(target.retain(), at, target.writerIndex() - at);
    }

    /** Gives up the block that is being filled; messages in it live on. What is written later begins another one. */
    void release() {
        block.release();
        block = Unpooled.EMPTY_BUFFER;
    }

    private ByteBuf blockFor(int bytes) {
        if (block.writableBytes() < bytes) {
            int usual = Math.clamp(2L * block.capacity(), FIRST_BYTES, MOST_BYTES);
            int size = Math.max(usual, bytes);
            ByteBuf next = allocator.directBuffer(size, size); // it must not grow, and so move, while others read it
            block.release();
            block = next;
        }
        return block;
    }
}
