package dev.stentor.web.connection;

import dev.stentor.web.connection.ConnectionStats.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2FrameTypes;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Deadline and pace of the heads of requests in HTTP/2. A head has a time from the first byte of its HEADERS frame to the end of its last
 * CONTINUATION frame. A client that is slower loses the connection: nothing else may be sent in between. A few requests of a connection begin
 * in one turn of the event loop, then others have theirs; what was read and must wait is held here, and no more is read meanwhile.
 *
 * <p>Stands before the codec, which tells of whole heads only, and counts through the frames: nine bytes of header, then the payload (RFC
 * 9113, section 4.1). Confined to the connection's event loop.
 */
final class HeaderBlocks extends ChannelDuplexHandler {

    /** Requests that begin in one turn of the event loop. */
    private static final int A_TURN = 8;

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
    /** What was read and must wait for the next turn. */
    private final Queue<ByteBuf> held = new ArrayDeque<>(2);

    /** Requests that began in this turn. */
    private int begun;

    private @Nullable Future<?> timer;

    HeaderBlocks(ConnectionSettings settings, ConnectionStats stats) {
        this.settings = settings;
        this.stats = stats;
    }

    /** Asks the socket for more, unless some of what came is held: the codec asks again after each turn. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (held.isEmpty()) {
            context.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            held.add(bytes);
            pass(context);
        } else {
            context.fireChannelRead(message);
        }
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
        if (held.isEmpty()) {
            begun = 0;
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        cancel();
        held.forEach(ByteBuf::release);
        held.clear();
    }

    /** Passes on what is held, up to the last request of this turn. */
    private void pass(ChannelHandlerContext context) {
        while (!held.isEmpty() && begun < A_TURN) {
            ByteBuf first = held.element();
            int end = count(first);
            if (end == first.writerIndex()) {
                held.remove();
                context.fireChannelRead(first);
            } else {
                context.fireChannelRead(first.readRetainedSlice(end - first.readerIndex()));
            }
        }
        if (!held.isEmpty()) {
            // Scheduled, since a task would run before the loop looks at its sockets again.
            var _ = context.executor().schedule(() -> nextTurn(context), 0, TimeUnit.NANOSECONDS);
        }
    }

    private void nextTurn(ChannelHandlerContext context) {
        begun = 0;
        pass(context);
        context.fireChannelReadComplete();
    }

    /** Counts through frames. Returns the index behind the last byte that may pass in this turn. */
    private int count(ByteBuf bytes) {
        int at = bytes.readerIndex();
        int end = bytes.writerIndex();
        int skipped = Math.min(preface, end - at);
        preface -= skipped;
        at += skipped;
        while (at < end && begun < A_TURN) {
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
                begun += type == Http2FrameTypes.HEADERS ? 1 : 0;
            }
        }
        return at;
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
