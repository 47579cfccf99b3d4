package dev.stentor.web.listen;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.PrematureChannelClosureException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handler behind the one that puts the fragments of messages together: it takes note of a client that left within a message. Reactor
 * Netty would log that as an error. Confined to the connection's event loop.
 */
final class CutMessages extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(CutMessages.class);

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof PrematureChannelClosureException) {
            LOG.debug("A client left within a message");
        } else {
            context.fireExceptionCaught(cause);
        }
    }
}
