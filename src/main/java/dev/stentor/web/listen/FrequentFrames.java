package dev.stentor.web.listen;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.function.Predicate;

/**
 * Handler right behind the decoder of frames: of pings, pongs, and what {@link FrequentBytes} let pass, as a text that came in pieces. It
 * offers each frame to the connection's owner, so that the small ones that come all the time need not pass Reactor Netty; those that the
 * owner does not serve go on. Confined to the connection's event loop.
 */
final class FrequentFrames extends ChannelInboundHandlerAdapter {

    private final Predicate<WebSocketFrame> owner;

    private FrequentFrames(Predicate<WebSocketFrame> owner) {
        this.owner = owner;
    }

    /**
     * Puts the handler into a connection that has a {@link StrictFrameDecoder}; does nothing if it has none.
     *
     * @param owner serves a frame, which stays the caller's, and tells whether it did
     */
    static void install(ChannelPipeline pipeline, Predicate<WebSocketFrame> owner) {
        ChannelHandlerContext decoder = pipeline.context(StrictFrameDecoder.class);
        if (decoder != null) {
            var _ = pipeline.addAfter(decoder.name(), "stentor.frequent", new FrequentFrames(owner));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof WebSocketFrame frame && owner.test(frame)) {
            frame.release();
        } else {
            context.fireChannelRead(message);
        }
    }
}
