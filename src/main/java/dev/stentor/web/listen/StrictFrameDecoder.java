package dev.stentor.web.listen;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;

/**
 * Decoder of a client's frames that takes RFC 6455 at its word where Reactor Netty's does not: bits that belong to an extension are
 * refused, as none is spoken here, and a close with a code that must not be sent is answered with 1002, never with that code.
 * Confined to the connection's event loop.
 */
final class StrictFrameDecoder extends WebSocket13FrameDecoder {

    private static final int CODE_BYTES = 2;

    /** True while the bytes to come begin a frame, which may be a whole message. */
    private boolean betweenMessages = true;

    private boolean inMessage;
    private boolean closing;

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

    /** Tells whether the bytes that come next begin a message: no frame and no message of several frames is half read, and none is the last. */
    boolean isBetweenMessages() {
        return betweenMessages && actualReadableBytes() == 0;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        boolean before = betweenMessages;
        int readable = in.readableBytes();
        int frames = out.size();
        betweenMessages = false; // also if this throws: then no frame comes any more
        super.decode(context, in, out);
        if (out.size() == frames) {
            betweenMessages = before && in.readableBytes() == readable;
        } else {
            took((WebSocketFrame) out.getLast());
            betweenMessages = !inMessage && !closing;
        }
    }

    private void took(WebSocketFrame frame) {
        switch (frame) {
            case PingWebSocketFrame _, PongWebSocketFrame _ -> {} // they may come between the frames of a message
            case CloseWebSocketFrame _ -> closing = true;
            default -> inMessage = !frame.isFinalFragment();
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
