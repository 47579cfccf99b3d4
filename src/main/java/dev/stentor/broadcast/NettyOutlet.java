package dev.stentor.broadcast;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The outlet of a Netty connection: a handler at the head of its pipeline, so that messages, which are framed already, pass no
 * encoder. The kernel's buffer is kept small: what it holds is sound that nobody can take back. Confined to the event loop.
 */
public final class NettyOutlet extends ChannelInboundHandlerAdapter implements Outlet {

    /** Asked for; Linux doubles it. About 0.7 s of PCM at 24 kHz. */
    private static final int SEND_BUFFER_BYTES = 32 * 1024;

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(8 * 1024, 32 * 1024);

    private final Channel channel;
    private final Consumer<CloseReason> closer;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Listener listener;

    private NettyOutlet(Channel channel, Consumer<CloseReason> closer) {
        this.channel = channel;
        this.closer = closer;
    }

    /**
     * Puts an outlet into a connection that has become a WebSocket. On the connection's event loop.
     *
     * @param closer sends a close frame, after all that was written
     */
    public static NettyOutlet install(Channel channel, Consumer<CloseReason> closer) {
        var outlet = new NettyOutlet(channel, closer);
        channel.config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
        channel.config().setOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        ChannelHandlerContext tls = channel.pipeline().context(SslHandler.class);
        if (tls == null) {
            channel.pipeline().addFirst(outlet);
        } else {
            channel.pipeline().addAfter(tls.name(), "stentor.outlet", outlet);
        }
        return outlet;
    }

    /** Whom to tell that more can be written. */
    public void serve(Listener newListener) {
        listener = newListener;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (listener != null && changed.channel().isWritable()) {
            listener.writable();
        }
        changed.fireChannelWritabilityChanged();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void write(ByteBuf message) {
        if (context == null) {
            message.release();
        } else {
            var _ = context.write(message, channel.voidPromise());
        }
    }

    @Override
    public void flush() {
        if (context != null) {
            context.flush();
        }
    }

    @Override
    public void close(CloseReason reason) {
        closer.accept(reason);
    }
}
