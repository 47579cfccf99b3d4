package dev.stentor.web.connection;

import dev.stentor.web.connection.ConnectionStats.Deadline;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of one connection: for the head of a request, for its body, and for the next request. A client that is too slow is
 * answered 408, if it waits for an answer, and the connection is closed. While an answer is on its way there is no deadline here,
 * and none after the connection has become a WebSocket. Confined to the connection's event loop.
 *
 * <p>Stands on both sides of the HTTP codec: before it come bytes, behind it requests. The time counts as a whole, so a client that
 * sends a byte now and then wins nothing. A body of lines that are spoken as they come ({@code application/x-ndjson}) has no
 * deadline: who reads it bounds the silence between lines.
 */
final class RequestDeadlines extends ChannelDuplexHandler {

    private static final byte[] TOO_SLOW =
            "HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    private final ConnectionSettings settings;
    private final ConnectionStats stats;
    private final AnswerProgress answers = new AnswerProgress();
    private @Nullable ChannelHandlerContext socketSide;
    private @Nullable Future<?> timer;
    private boolean inHead;
    private boolean headIsTimed;
    private boolean inBody;
    private boolean inputIsShut;
    private int unanswered;

    RequestDeadlines(ConnectionSettings settings, ConnectionStats stats) {
        this.settings = settings;
        this.stats = stats;
    }

    /** Puts both sides into the pipeline, and starts to wait for the first request. */
    void install(ChannelPipeline pipeline, String codec) {
        pipeline.addBefore(codec, "stentor.deadlines.bytes", new Bytes());
        pipeline.addAfter(codec, "stentor.deadlines", this);
        start(Deadline.IDLE, settings.idle());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf early) {
            // A client sent these before its WebSocket was open. Behind here they would be lost, and never released.
            early.release();
            var _ = context.close();
            return;
        }
        if (message instanceof HttpRequest request) {
            inHead = false;
            headIsTimed = false;
            inBody = true;
            unanswered++;
            cancel();
            if (!RequestForm.isSpokenAsItComes(request)) {
                start(Deadline.BODY, settings.body());
            }
        }
        if (message instanceof LastHttpContent) {
            inBody = false;
            cancel();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (answers.endsWith(message)) {
            unanswered--;
            if (isIdle() && inputIsShut) {
                var _ = context.write(message, promise).addListener(_ -> closeSoon(context.channel()));
                return;
            }
            if (isIdle()) {
                start(Deadline.IDLE, settings.idle());
            }
        } else if (inputIsShut) {
            start(Deadline.IDLE, settings.idle());
        }
        var _ = context.write(message, promise);
    }

    /**
     * Handles a client that has shut its own side of the connection: who waits for an answer gets it, and the connection is closed
     * behind it. Whoever waits for none has left. Nobody can tell a client that still reads from one that is gone before something
     * is written to it, so an answer that stands still is given up after the time for idle connections.
     */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ChannelInputShutdownEvent) {
            inputIsShut = true;
            if (answers.isUpgraded() || inHead || inBody || unanswered == 0) {
                closeSoon(context.channel());
            } else {
                start(Deadline.IDLE, settings.idle());
            }
        }
        context.fireUserEventTriggered(event);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        cancel();
    }

    private boolean isIdle() {
        return !answers.isUpgraded() && !inHead && !inBody && unanswered == 0;
    }

    private void bytesCame() {
        if (isIdle()) {
            inHead = true;
        }
    }

    /** Called when all that came was decoded: only a head that is still not whole gets a timer. */
    private void allBytesDecoded() {
        if (inHead && !headIsTimed) {
            headIsTimed = true;
            start(Deadline.HEADER, settings.header());
        }
    }

    private void start(Deadline deadline, Duration time) {
        cancel();
        if (!time.isZero() && socketSide != null) {
            timer = socketSide.executor().schedule(() -> expire(deadline), time.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void expire(Deadline deadline) {
        stats.timedOut(deadline);
        ChannelHandlerContext socket = Objects.requireNonNull(socketSide);
        if (deadline == Deadline.IDLE || answers.isAnswering()) {
            var _ = socket.close();
        } else {
            var _ = socket.writeAndFlush(Unpooled.wrappedBuffer(TOO_SLOW)).addListener(ChannelFutureListener.CLOSE);
        }
    }

    /** Closes in a task of its own: whoever wrote the end of an answer still asks the socket for the next request. */
    private static void closeSoon(Channel channel) {
        channel.eventLoop().execute(() -> {
            var _ = channel.close();
        });
    }

    /** The side before the codec. */
    private final class Bytes extends ChannelDuplexHandler {

        /** Asks the socket for more, but not once the client has shut its side: Netty's epoll fails then. */
        @Override
        public void read(ChannelHandlerContext context) {
            if (!inputIsShut) {
                context.read();
            }
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            socketSide = context;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            bytesCame();
            context.fireChannelRead(message);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            allBytesDecoded();
            context.fireChannelReadComplete();
        }
    }
}
