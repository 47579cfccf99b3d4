package dev.stentor.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2FrameReader;
import io.netty.handler.codec.http2.DefaultHttp2FrameWriter;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameAdapter;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A client's end of an HTTP/2 connection, frame by frame, with no rules of its own: it writes whatever a test wants to send, and reads
 * what the server sent as lines such as {@code HEADERS 1 :status=200}, {@code DATA 1 12 end}, {@code RST_STREAM 1 0}. Confined to a thread.
 */
public final class Http2Peer implements AutoCloseable {

    private static final int MOST_BODY = 1 << 20;

    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelHandlerAdapter() {});
    private final ChannelHandlerContext context = channel.pipeline().firstContext();
    private final DefaultHttp2FrameWriter writer = new DefaultHttp2FrameWriter();
    private final DefaultHttp2FrameReader reader = new DefaultHttp2FrameReader();
    private final List<String> seen = new ArrayList<>();
    private final StringBuilder bodies = new StringBuilder();
    private final ByteBuf unread = Unpooled.buffer();

    /** Returns the preface and empty settings. */
    public byte[] preface() {
        return preface(new Http2Settings());
    }

    /** Returns the preface and settings. */
    public byte[] preface(Http2Settings settings) {
        channel.writeOutbound(Http2CodecUtil.connectionPrefaceBuf());
        var _ = writer.writeSettings(context, settings, context.newPromise());
        return written();
    }

    /** Returns the head of a request. */
    public byte[] head(int stream, boolean ends, String method, String path, String... more) {
        var _ = writer.writeHeaders(context, stream, headers(method, path, more), 0, ends, context.newPromise());
        return written();
    }

    /** Returns a part of a body. */
    public byte[] body(int stream, boolean ends, String text) {
        var _ = writer.writeData(
                context, stream, Unpooled.copiedBuffer(text, StandardCharsets.UTF_8), 0, ends, context.newPromise());
        return written();
    }

    /** Returns the reset of a stream. */
    public byte[] reset(int stream) {
        var _ = writer.writeRstStream(context, stream, Http2Error.CANCEL.code(), context.newPromise());
        return written();
    }

    /** Returns a ping. */
    public byte[] ping() {
        var _ = writer.writePing(context, false, 42, context.newPromise());
        return written();
    }

    /** Returns empty settings. */
    public byte[] settings() {
        var _ = writer.writeSettings(context, new Http2Settings(), context.newPromise());
        return written();
    }

    /** Reads what the server sent. */
    public void read(byte[] bytes) {
        unread.writeBytes(bytes);
        try {
            while (unread.readableBytes() >= Http2CodecUtil.FRAME_HEADER_LENGTH
                    && unread.readableBytes()
                            >= Http2CodecUtil.FRAME_HEADER_LENGTH + unread.getUnsignedMedium(unread.readerIndex())) {
                reader.readFrame(context, unread, new Recorder());
            }
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the frames that the server sent so far, without settings, window updates and pings. */
    public List<String> seen() {
        return seen;
    }

    /** Returns the bodies that the server sent so far, one behind the other. */
    public String bodies() {
        return bodies.toString();
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
        reader.close();
        writer.close();
    }

    private static Http2Headers headers(String method, String path, String... more) {
        Http2Headers headers = new DefaultHttp2Headers(false)
                .method(method)
                .scheme("https")
                .path(path)
                .authority("localhost");
        for (int i = 0; i < more.length; i += 2) {
            headers.set(more[i], more[i + 1]);
        }
        return headers;
    }

    private byte[] written() {
        channel.flushOutbound();
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            all.writeBytes(part);
            part.release();
        }
        return ByteBufUtil.getBytes(all);
    }

    private final class Recorder extends Http2FrameAdapter {
        @Override
        public void onHeadersRead(
                ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean ends) {
            seen.add("HEADERS " + stream + " :status=" + headers.status() + (ends ? " end" : ""));
        }

        @Override
        public void onHeadersRead(
                ChannelHandlerContext context,
                int stream,
                Http2Headers headers,
                int dependency,
                short weight,
                boolean exclusive,
                int padding,
                boolean ends) {
            onHeadersRead(context, stream, headers, padding, ends);
        }

        @Override
        public int onDataRead(ChannelHandlerContext context, int stream, ByteBuf data, int padding, boolean ends) {
            seen.add("DATA " + stream + " " + data.readableBytes() + (ends ? " end" : ""));
            if (bodies.length() < MOST_BODY) {
                bodies.append(data.toString(StandardCharsets.UTF_8));
            }
            return data.readableBytes() + padding;
        }

        @Override
        public void onRstStreamRead(ChannelHandlerContext context, int stream, long error) {
            seen.add("RST_STREAM " + stream + " " + error);
        }

        @Override
        public void onGoAwayRead(ChannelHandlerContext context, int last, long error, ByteBuf detail) {
            seen.add("GOAWAY " + error);
        }
    }
}
