package dev.stentor.broadcast.socket;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;

/** Which way a listener's bytes take to its socket. */
public enum SendMode {
    /** The shortest one that a connection allows. */
    AUTO,
    /** Through Netty's queue, on any transport, with and without TLS. */
    WRITE,
    /** Straight to the socket on epoll while Netty's queue is empty; not with TLS, where {@link #WRITE} is taken. */
    FD,
    /** As {@link #FD}, but all listeners of an event loop in one system call of io_uring; where the kernel refuses that, {@link #FD}. */
    RING;

    /** The way for one connection. On its event loop. */
    SendStrategy strategyOf(Channel channel) {
        boolean straight = this != WRITE && channel.pipeline().get(SslHandler.class) == null;
        if (!straight || !(channel instanceof EpollSocketChannel epoll && epoll.fd() instanceof Socket socket)) {
            return SendStrategy.QUEUED;
        }
        Optional<BatchedSends> gathered = this == RING ? BatchedSends.ofThisLoop() : Optional.empty();
        return gathered.<SendStrategy>map(all -> new RingSend(all, socket)).orElseGet(() -> new DirectSend(socket));
    }

    /** Why this machine does not offer that way on epoll, for people; nothing if it does. Tries it. */
    public Optional<String> refusal() {
        return this == RING ? BatchedSends.refusal() : Optional.empty();
    }
}
