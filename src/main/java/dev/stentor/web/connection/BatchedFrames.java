package dev.stentor.web.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Frames of one HTTP/2 connection, passed on to their streams when all that came together was decoded. So a request that is reset at once is
 * never begun: a client could have thousands of them worked on for a few bytes each. Confined to the connection's event loop.
 */
final class BatchedFrames extends ChannelInboundHandlerAdapter {

    private final Queue<Http2StreamFrame> batch = new ArrayDeque<>();

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Http2HeadersFrame || message instanceof Http2DataFrame) {
            batch.add((Http2StreamFrame) message);
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        for (Http2StreamFrame frame = batch.poll(); frame != null; frame = batch.poll()) {
            if (frame.stream().state() == Http2Stream.State.CLOSED) {
                ReferenceCountUtil.release(frame);
            } else {
                context.fireChannelRead(frame);
            }
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        batch.forEach(ReferenceCountUtil::release);
        batch.clear();
    }
}
