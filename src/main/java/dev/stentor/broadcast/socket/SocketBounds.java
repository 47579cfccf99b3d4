package dev.stentor.broadcast.socket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;

/**
 * Bounds for the bytes that the kernel holds for a listener: sound that lies there cannot be taken back.
 *
 * @param sendBytes the most bytes in all, sent or not, as asked for; Linux doubles the number, and needs about half for itself
 * @param unsentBytes the most bytes that were not sent yet
 */
record SocketBounds(int sendBytes, int unsentBytes) {

    /** The least number of bytes; with fewer, a single long event would not go in. */
    private static final int LEAST_SEND_BYTES = 8 * 1024;

    private static final int LEAST_UNSENT_BYTES = 2 * 1024;

    /** The water mark of messages that belong to one connection: far more than ever wait. */
    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(8 * 1024, 32 * 1024);

    /** Returns the bounds for sound of that rate: half a second in all, a sixth of a second unsent. */
    static SocketBounds of(int bytesPerSecond) {
        return new SocketBounds(
                Math.max(LEAST_SEND_BYTES, bytesPerSecond / 2), Math.max(LEAST_UNSENT_BYTES, bytesPerSecond / 6));
    }

    /** Sets the bounds of a connection. To be called on its event loop. */
    void applyTo(Channel channel) {
        channel.config().setOption(ChannelOption.SO_SNDBUF, sendBytes);
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        if (channel instanceof EpollSocketChannel) {
            channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) unsentBytes);
        }
    }
}
