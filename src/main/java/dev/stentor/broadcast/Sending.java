package dev.stentor.broadcast;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.handler.ssl.SslHandler;

/** Which way a listener's bytes take to its socket. */
public enum Sending {
    /** The shortest one that a connection allows. */
    AUTO,
    /** Through Netty's queue, on any transport, with and without TLS. */
    WRITE,
    /** Straight to the socket on epoll while Netty's queue is empty; not with TLS, where {@link #WRITE} is taken. */
    FD;

    /** The way for one connection. On its event loop. */
    SendStrategy strategyOf(Channel channel) {
        boolean straight = this != WRITE && channel.pipeline().get(SslHandler.class) == null;
        return straight && channel instanceof EpollSocketChannel epoll
                ? new DirectSend(epoll.fd())
                : SendStrategy.QUEUED;
    }
}
