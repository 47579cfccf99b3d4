package dev.stentor.broadcast.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The outlet of a Netty connection: a handler at the head of its pipeline, so that messages, which are framed already, pass no
 * encoder. Confined to the event loop.
 *
 * <p>Bytes that the strategy does not get into the socket wait in Netty's queue. Everything else waits behind them: pings,
 * close frames, and the messages of Reactor Netty. So nothing overtakes while the queue is not empty; an empty buffer at its
 * end tells when it is. The outlet asks the queue itself how full it is; a channel keeps one queue as long as it is open. To
 * ask by the channel and its configuration would fetch four more objects for each listener and frame.
 */
public final class NettyOutlet extends ChannelHandlerAdapter implements Outlet {

    private final Channel channel;
    private final @Nullable ChannelOutboundBuffer queue;
    private final SendStrategy strategy;
    private final Consumer<CloseReason> closer;
    private final SendStrategy.Rest rest = this::settled;
    private @Nullable ChannelHandlerContext context;
    private @Nullable ChannelHandlerContext socketSide;
    private Runnable onWritable = () -> {};
    private boolean waiting;
    private boolean gathered;
    private int bytesPerSecond;

    private NettyOutlet(Channel channel, SendStrategy strategy, Consumer<CloseReason> closer) {
        this.channel = channel;
        this.queue = channel.unsafe().outboundBuffer(); // null once it is closed
        this.strategy = strategy;
        this.closer = closer;
    }

    /**
     * Puts an outlet into a connection that has become a WebSocket. On the connection's event loop.
     *
     * @param bytesPerSecond of the sound that is expected, see {@link #carry}
     * @param closer sends a close frame, after all that was written
     */
    public static NettyOutlet install(
            Channel channel, SendMode sending, int bytesPerSecond, Consumer<CloseReason> closer) {
        return install(channel, sending.strategyOf(channel), bytesPerSecond, closer);
    }

    static NettyOutlet install(
            Channel channel, SendStrategy strategy, int bytesPerSecond, Consumer<CloseReason> closer) {
        var outlet = new NettyOutlet(channel, strategy, closer);
        outlet.carry(bytesPerSecond);
        ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
        if (tls == null) {
            channel.pipeline().addFirst(outlet);
        } else {
            channel.pipeline().addAfter(tls.name(), "stentor.outlet", outlet);
        }
        outlet.socketSide = tls == null ? outlet.context : tls;
        return outlet;
    }

    /**
     * Bounds what the kernel may hold, so that it is about the same time of sound in each format.
     *
     * @param bytesPerSecond of the sound that will be sent, headers included
     */
    public void carry(int bytesPerSecond) {
        if (this.bytesPerSecond != bytesPerSecond) {
            this.bytesPerSecond = bytesPerSecond;
            SocketBounds.of(bytesPerSecond).applyTo(channel);
        }
    }

    /** Sets what is run, on the event loop and in a task of its own, each time that nothing waits before the socket any more. */
    public void onWritable(Runnable action) {
        onWritable = action;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public boolean isWritable() {
        submit();
        if (isQueueEmpty()) {
            return true;
        }
        awaitDrain();
        return false;
    }

    @Override
    public boolean looksIdle() {
        return !gathered && isQueueEmpty() && strategy.isOpen();
    }

    private void awaitDrain() {
        if (!waiting) {
            waiting = true;
            var _ = Objects.requireNonNull(socketSide)
                    .writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(this::drained);
        }
    }

    @Override
    public Sent send(ByteBuf shared) {
        submit();
        if (!isQueueEmpty()) {
            awaitDrain();
            return Sent.REFUSED;
        }
        int sent = strategy.send(shared, rest);
        if (sent == shared.readableBytes()) {
            return Sent.WHOLE;
        }
        gathered = sent == SendStrategy.GATHERED;
        return gathered ? Sent.GATHERED : queue(shared, sent);
    }

    private void settled(ByteBuf shared, int sent) {
        gathered = false;
        if (sent == SendStrategy.UNKNOWN) {
            var _ = channel.close();
        } else {
            var _ = queue(shared, sent);
        }
    }

    private void submit() {
        if (gathered) {
            strategy.submit();
        }
    }

    /** Puts all but the first {@code sent} bytes into Netty's queue; the socket may take them at once. */
    private Sent queue(ByteBuf shared, int sent) {
        int left = shared.readableBytes() - sent;
        if (left > 0) {
            if (context == null || !channel.isActive()) {
                return Sent.REFUSED;
            }
            var _ = context.writeAndFlush(
                    shared.retainedSlice(shared.readerIndex() + sent, left), channel.voidPromise());
        }
        return isWritable() ? Sent.WHOLE : Sent.WAITING;
    }

    @Override
    public void write(ByteBuf message) {
        submit();
        if (context == null || !channel.isActive()) {
            message.release();
        } else {
            var _ = context.write(message, channel.voidPromise());
        }
    }

    @Override
    public void flush() {
        submit();
        if (context != null && channel.isActive()) {
            context.flush();
            var _ = isWritable(); // if it is not, its listener will be told
        }
    }

    @Override
    public void close(CloseReason reason) {
        submit();
        closer.accept(reason);
    }

    /** Returns how many bytes wait in Netty's queue for the client to read. */
    public long pendingBytes() {
        return queue == null ? 0 : queue.totalPendingWriteBytes();
    }

    /** Tells whether Netty's queue is empty. Netty counts some bytes for each message in it, even for an empty one. */
    private boolean isQueueEmpty() {
        return queue != null && queue.totalPendingWriteBytes() == 0;
    }

    /** Runs the owner's action in a task of its own: here Netty is still busy with its queue. */
    private void drained(Future<? super Void> gone) {
        if (gone.isSuccess()) {
            channel.eventLoop().execute(() -> {
                waiting = false;
                if (isWritable()) {
                    onWritable.run();
                }
            });
        }
    }
}
