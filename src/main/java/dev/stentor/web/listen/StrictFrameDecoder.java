package dev.stentor.web.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;

/**
 * Decoder of a client's frames that takes RFC 6455 at its word where Reactor Netty's does not: bits that belong to an extension are
 * refused, as none is spoken here, and a close with a code that must not be sent is answered with 1002, never with that code.
 * Confined to the connection's event loop.
 */
final class StrictFrameDecoder extends WebSocket13FrameDecoder {

    private static final int CODE_BYTES = 2;

    StrictFrameDecoder(int maxFrameBytes) {
        super(WebSocketDecoderConfig.newBuilder()
                .expectMaskedFrames(true)
                .allowExtensions(false)
                .maxFramePayloadLength(maxFrameBytes)
                .build());
    }

    /** Replaces the decoder of a connection that has just become a WebSocket. */
    static void install(ChannelPipeline pipeline, int maxFrameBytes) {
        if (pipeline.get(WebSocket13FrameDecoder.class) != null) {
            var _ = pipeline.replace(
                    WebSocket13FrameDecoder.class, "stentor.frames", new StrictFrameDecoder(maxFrameBytes));
        }
    }

    @Override
    protected void checkCloseFrameBody(ChannelHandlerContext context, ByteBuf body) {
        if (body == null
                || body.readableBytes() < CODE_BYTES
                || isSendable(body.getUnsignedShort(body.readerIndex()))) {
            super.checkCloseFrameBody(context, body);
            return;
        }
        var _ = context.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.PROTOCOL_ERROR))
                .addListener(ChannelFutureListener.CLOSE);
        throw new CorruptedFrameException("a close with a code that must not be sent");
    }

    /** Tells whether a code may stand in a close: one that is registered, or free for libraries and applications (section 7.4). */
    private static boolean isSendable(int code) {
        return (code >= 3_000 && code <= 4_999) || (code < 3_000 && WebSocketCloseStatus.isValidStatusCode(code));
    }
}
