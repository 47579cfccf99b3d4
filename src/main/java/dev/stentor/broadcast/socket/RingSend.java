package dev.stentor.broadcast.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.FileDescriptor;

/** A strategy that sends together with all others of its event loop, in one system call. See ADR 35. */
record RingSend(BatchedSends gathered, FileDescriptor socket) implements SendStrategy {

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public int send(ByteBuf shared, Rest rest) {
        return isOpen() && gathered.add(socket.intValue(), shared, rest) ? GATHERED : 0;
    }

    @Override
    public void submit() {
        gathered.submit();
    }
}
