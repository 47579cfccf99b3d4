package dev.stentor.web.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;

/** Frames that the guards of an HTTP/2 connection send by themselves on one of its streams. To be called on the connection's event loop. */
final class OwnAnswers {

    private OwnAnswers() {}

    /**
     * Answers a request that may not pass. If its body is still to come, the client is told that nobody waits for it.
     *
     * @param frame frame that began the request
     * @param isHead whether its method is HEAD, whose answer has no body
     */
    static void refuse(
            ChannelHandlerContext context,
            Http2HeadersFrame frame,
            boolean isHead,
            RequestFault fault,
            FaultAnswer.Body body) {
        Http2Headers headers = new DefaultHttp2Headers()
                .status(fault.status().codeAsText())
                .set(HttpHeaderNames.CONTENT_TYPE, body.contentType())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, body.bytes().length);
        Http2FrameStream stream = frame.stream();
        ChannelFuture sent = context.write(new DefaultHttp2HeadersFrame(headers, isHead).stream(stream));
        if (!isHead) {
            sent = context.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body.bytes()), true).stream(stream));
        }
        if (!frame.isEndStream()) {
            sent.addListener(_ -> reset(context, stream, Http2Error.NO_ERROR));
        }
        context.flush();
    }

    /** Answers a request whose body has not come in time. */
    static void timeOut(ChannelHandlerContext context, Http2FrameStream stream) {
        Http2Headers headers = new DefaultHttp2Headers()
                .status(HttpResponseStatus.REQUEST_TIMEOUT.codeAsText())
                .setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
        var _ = context.write(new DefaultHttp2HeadersFrame(headers, true).stream(stream));
        reset(context, stream, Http2Error.NO_ERROR);
    }

    /** Ends a stream at once, in both directions. */
    static void reset(ChannelHandlerContext context, Http2FrameStream stream, Http2Error error) {
        var _ = context.writeAndFlush(new DefaultHttp2ResetFrame(error).stream(stream));
    }
}
