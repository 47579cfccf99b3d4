package dev.stentor.broadcast.socket;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;

/** The way that a listener's bytes take to its socket. */
public enum SendMode {
    /** The shortest way that a connection allows. */
    AUTO,
    /** The way through Netty's queue, on any transport, with and without TLS. */
    WRITE,
    /** The way straight to the socket on epoll while Netty's queue is empty; not with TLS, where {@link #WRITE} is taken. */
    FD,
    /**
     * The way of {@link #FD}, but for all listeners of an event loop in one system call of io_uring; where the kernel refuses
     * that, {@link #FD}.
     */
    RING;

    /** Returns the strategy for one connection. To be called on its event loop. */
    SendStrategy strategyOf(Channel channel) {
        boolean straight = this != WRITE && channel.pipeline().get(SslHandler.class) == null;
        if (!straight || !(channel instanceof EpollSocketChannel epoll && epoll.fd() instanceof Socket socket)) {
            return SendStrategy.QUEUED;
        }
        Optional<BatchedSends> gathered = this == RING ? BatchedSends.ofThisLoop() : Optional.empty();
        return gathered.<SendStrategy>map(all -> new RingSend(all, socket)).orElseGet(() -> new DirectSend(socket));
    }

    /** Tries this way on epoll, and returns why this machine does not offer it, for people; empty if it does. */
    public Optional<String> refusal() {
        return this == RING ? BatchedSends.refusal() : Optional.empty();
    }
}
