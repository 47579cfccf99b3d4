package dev.stentor.broadcast;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Writes to the socket itself: one system call, nothing allocated, no count of references touched. */
record DirectSend(FileDescriptor socket) implements SendStrategy {

    @Override
    public int send(ByteBuf shared, Rest rest) {
        if (!socket.isOpen()) { // its number may be another connection's by now
            return 0;
        }
        try {
            if (shared.hasMemoryAddress()) {
                return socket.writeAddress(shared.memoryAddress(), shared.readerIndex(), shared.writerIndex());
            }
            ByteBuffer bytes = shared.internalNioBuffer(shared.readerIndex(), shared.readableBytes());
            return socket.write(bytes, bytes.position(), bytes.limit());
        } catch (IOException broken) {
            return 0; // Netty's own attempt meets the same, and closes the connection
        }
    }
}
