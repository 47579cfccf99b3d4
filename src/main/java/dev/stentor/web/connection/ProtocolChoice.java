package dev.stentor.web.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observer of the TLS handshake, which agrees on HTTP/1.1 or HTTP/2: only after it is there a codec to guard. What comes earlier is
 * held back, so that no request passes without its guards. To stand right before Netty's own negotiation handler. Confined to the
 * connection's event loop.
 */
final class ProtocolChoice extends ChannelInboundHandlerAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(ProtocolChoice.class);

    private final ConnectionStats stats;
    private final Consumer<ChannelPipeline> guards;
    private final Queue<Object> early = new ArrayDeque<>(2);
    private boolean failed;

    /**
     * @param guards installs the guards of whichever protocol the pipeline speaks now
     */
    ProtocolChoice(ConnectionStats stats, Consumer<ChannelPipeline> guards) {
        this.stats = stats;
        this.guards = guards;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        early.add(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            context.fireUserEventTriggered(event);
        } else if (handshake.isSuccess()) {
            context.fireUserEventTriggered(event);
            guards.accept(context.pipeline());
            context.pipeline().remove(this);
        } else {
            fail(context);
        }
    }

    /** Handles what is no TLS, or no whole handshake: a fault of the client, for which Netty would log a stack trace. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(context);
    }

    private void fail(ChannelHandlerContext context) {
        if (!failed) {
            failed = true;
            stats.malformed();
            LOG.atInfo().addKeyValue("from", context.channel().remoteAddress()).log("A TLS handshake failed");
        }
        var _ = context.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        for (Object message = early.poll(); message != null; message = early.poll()) {
            if (context.channel().isActive()) {
                context.fireChannelRead(message);
            } else {
                ReferenceCountUtil.release(message);
            }
        }
    }
}
