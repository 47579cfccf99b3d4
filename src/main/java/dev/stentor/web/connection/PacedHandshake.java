package dev.stentor.web.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Pace of one connection's TLS handshake: what the client sends waits here for its turn, and no more is read meanwhile. Stands before TLS and
 * leaves the pipeline when the handshake has ended. Confined to the connection's event loop.
 */
final class PacedHandshake extends ChannelDuplexHandler {

    private final HandshakeTurns turns;
    private final Object address;
    private final Queue<Object> held = new ArrayDeque<>(2);
    /** Whether the end of a read was not passed on yet. */
    private boolean ended;

    private PacedHandshake(HandshakeTurns turns, Object address) {
        this.turns = turns;
        this.address = address;
    }

    /**
     * Installs the pace of a handshake that has not begun.
     *
     * @param tls name of the handler that makes it
     * @param address client's address, or another object that stands for those that are not known
     */
    static void install(ChannelPipeline pipeline, String tls, HandshakeTurns turns, Object address) {
        var paced = new PacedHandshake(turns, address);
        pipeline.addBefore(tls, "stentor.handshake", paced);
        pipeline.addAfter(tls, "stentor.handshake.end", new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext context, Object event) {
                context.fireUserEventTriggered(event);
                if (event instanceof SslHandshakeCompletionEvent) {
                    context.pipeline().remove(this);
                    // Later, since TLS has not ended its current read, and what is held would come in the middle of it.
                    context.executor().execute(() -> remove(context.pipeline(), paced));
                }
            }
        });
    }

    private static void remove(ChannelPipeline pipeline, PacedHandshake paced) {
        if (pipeline.context(paced) != null) {
            pipeline.remove(paced);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        held.add(message);
        turns.take(address, () -> pass(context));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        ended = true;
        endRead(context);
    }

    /** Asks the socket for more, unless some of what came is held: TLS asks again when that was passed on. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (held.isEmpty()) {
            context.read();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        while (!held.isEmpty()) {
            if (context.channel().isActive()) {
                pass(context);
            } else {
                ReferenceCountUtil.release(held.remove());
            }
        }
    }

    private void pass(ChannelHandlerContext context) {
        Object message = held.poll();
        if (message != null) {
            context.fireChannelRead(message);
            endRead(context);
        }
    }

    private void endRead(ChannelHandlerContext context) {
        if (ended && held.isEmpty()) {
            ended = false;
            context.fireChannelReadComplete();
        }
    }
}
