package dev.stentor.web.connection;

import dev.stentor.web.connection.ConnectionStats.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Deadline for the head of a request in HTTP/2, from the first byte of its HEADERS frame to the end of its last CONTINUATION frame. A
 * client that is slower loses the connection: nothing else may be sent in between. Stands before the codec, which tells of whole heads
 * only, and counts through the frames: nine bytes of header, then the payload (RFC 9113, section 4.1). Confined to the connection's
 * event loop.
 */
final class HeaderBlockDeadline extends ChannelInboundHandlerAdapter {

    private static final int TYPE_AT = 3;
    private static final int FLAGS_AT = 4;

    private final ConnectionSettings settings;
    private final ConnectionStats stats;
    /** Bytes of the client's preface that are still to come. */
    private int preface = Http2CodecUtil.connectionPrefaceBuf().readableBytes();
    /** Bytes of the current frame's header that have come. */
    private int headed;

    private int payload;
    private byte type;
    private boolean endsBlock;
    private boolean inBlock;
    private @Nullable Future<?> timer;

    HeaderBlockDeadline(ConnectionSettings settings, ConnectionStats stats) {
        this.settings = settings;
        this.stats = stats;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            count(bytes);
        }
        context.fireChannelRead(message);
    }

    /** Starts or stops the timer when all that came was counted, so that a head that comes whole costs no timer. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!inBlock) {
            cancel();
        } else if (timer == null && !settings.header().isZero()) {
            timer = context.executor()
                    .schedule(() -> expire(context), settings.header().toMillis(), TimeUnit.MILLISECONDS);
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        cancel();
    }

    private void count(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        int skipped = Math.min(preface, end - at);
        preface -= skipped;
        at += skipped;
        while (at < end) {
            if (headed < Http2CodecUtil.FRAME_HEADER_LENGTH) {
                head(bytes.getByte(at++));
            } else {
                int taken = Math.min(payload, end - at);
                payload -= taken;
                at += taken;
            }
            if (headed == Http2CodecUtil.FRAME_HEADER_LENGTH && payload == 0) {
                headed = 0;
                inBlock &= !endsBlock;
            }
        }
    }

    private void head(byte value) {
        if (headed < TYPE_AT) {
            payload = headed == 0 ? value & 0xff : (payload << 8) | (value & 0xff);
        } else if (headed == TYPE_AT) {
            type = value;
            inBlock |= type == Http2FrameTypes.HEADERS;
        } else if (headed == FLAGS_AT) {
            endsBlock = (type == Http2FrameTypes.HEADERS || type == Http2FrameTypes.CONTINUATION)
                    && (value & Http2Flags.END_HEADERS) != 0;
        }
        headed++;
    }

    private void expire(ChannelHandlerContext context) {
        stats.timedOut(Deadline.HEADER);
        var _ = context.close();
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
