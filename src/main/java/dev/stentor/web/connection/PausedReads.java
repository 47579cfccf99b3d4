package dev.stentor.web.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;

/**
 * Reads of one HTTP/2 connection, which pause while its client does not take what it was sent. Else answers to pings and settings would
 * pile up, as fast as a client can ask for them. Stands before the codec, which asks for more after each read. Confined to the
 * connection's event loop.
 */
final class PausedReads extends ChannelDuplexHandler {

    private boolean wanted;

    @Override
    public void read(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            context.read();
        } else {
            wanted = true;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (wanted && context.channel().isWritable()) {
            wanted = false;
            context.read();
        }
        context.fireChannelWritabilityChanged();
    }
}
