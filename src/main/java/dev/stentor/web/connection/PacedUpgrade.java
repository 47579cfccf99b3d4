package dev.stentor.web.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Pace of one connection's way to a WebSocket: the request for it waits here for its turn, so that listeners are served in between when many
 * join at once. Stands behind the HTTP codec, and leaves the pipeline with the request. Confined to the connection's event loop.
 */
final class PacedUpgrade extends ChannelInboundHandlerAdapter {

    private final HandshakeTurns turns;
    private final Object address;
    private final Queue<Object> held = new ArrayDeque<>(2);
    /** Whether the end of a read was not passed on yet. */
    private boolean ended;

    /** @param address client's address, or another object that stands for those that are not known */
    PacedUpgrade(HandshakeTurns turns, Object address) {
        this.turns = turns;
        this.address = address;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        boolean waits = !held.isEmpty();
        boolean isUpgrade = !waits
                && message instanceof HttpRequest request
                && request.headers().contains(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
        if (!waits && !isUpgrade) {
            context.fireChannelRead(message);
            return;
        }
        held.add(message);
        if (isUpgrade) {
            turns.take(address, () -> leave(context));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (held.isEmpty()) {
            context.fireChannelReadComplete();
        } else {
            ended = true;
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        while (!held.isEmpty()) {
            if (context.channel().isActive()) {
                context.fireChannelRead(held.remove());
            } else {
                ReferenceCountUtil.release(held.remove());
            }
        }
        if (ended) {
            context.fireChannelReadComplete();
        }
    }

    private void leave(ChannelHandlerContext context) {
        if (!context.isRemoved()) {
            context.pipeline().remove(this);
        }
    }
}
