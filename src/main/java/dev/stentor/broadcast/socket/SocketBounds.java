package dev.stentor.broadcast.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;

/**
 * How much the kernel may hold for a listener: what lies there is sound that nobody can take back.
 *
 * @param sendBytes in all, sent or not, asked for; Linux doubles it, and needs about half for itself
 * @param unsentBytes that were not sent yet
 */
record SocketBounds(int sendBytes, int unsentBytes) {

    /** Below, a single long event would not go in. */
    private static final int LEAST_SEND_BYTES = 8 * 1024;

    private static final int LEAST_UNSENT_BYTES = 2 * 1024;

    /** Of messages that belong to one connection: far more than ever wait. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(8 * 1024, 32 * 1024);

    /** For sound of that rate: half a second in all, a sixth of a second unsent. */
    static SocketBounds of(int bytesPerSecond) {
        return new SocketBounds(
                Math.max(LEAST_SEND_BYTES, bytesPerSecond / 2), Math.max(LEAST_UNSENT_BYTES, bytesPerSecond / 6));
    }

    /** Sets them. On the connection's event loop. */
    void applyTo(Channel channel) {
        channel.config().setOption(ChannelOption.SO_SNDBUF, sendBytes);
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        if (channel instanceof EpollSocketChannel) {
            channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) unsentBytes);
        }
    }
}
