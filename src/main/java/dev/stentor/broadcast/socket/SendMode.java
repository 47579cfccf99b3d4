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
    RING,
    /** The way of {@link #FD} or of {@link #RING} for many listeners, whichever costs an event loop less; see {@link LoopWalks}. */
    MEASURED;

    /** Returns the strategy for one connection. To be called on its event loop. */
    SendStrategy strategyOf(Channel channel) {
        boolean queued = this == WRITE || channel.pipeline().get(SslHandler.class) != null;
        if (queued || !(channel instanceof EpollSocketChannel epoll && epoll.fd() instanceof Socket socket)) {
            return SendStrategy.QUEUED;
        }
        var straight = new DirectSend(socket);
        if (!usesRing()) {
            return straight;
        }
        return BatchedSends.ofThisLoop()
                .map(all -> new RingSend(all, socket))
                .<SendStrategy>map(ring -> this == RING ? ring : MeasuredSend.of(straight, ring))
                .orElse(straight);
    }

    /** Tries this way on epoll, and returns why this machine does not offer it, for people; empty if it does. */
    public Optional<String> refusal() {
        return usesRing() ? BatchedSends.refusal() : Optional.empty();
    }

    private boolean usesRing() {
        return this == RING || this == MEASURED;
    }
}
