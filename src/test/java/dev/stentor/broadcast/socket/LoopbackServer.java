package dev.stentor.broadcast.socket;

import dev.stentor.testing.SecureLoopback;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server on the loopback, on two event loops: Netty's sockets at its end, a {@link SocketReader} at the other end of each. */
final class LoopbackServer {

    private final Way way;
    private final @Nullable SecureLoopback tls;
    private final EventLoopGroup group;
    private final Channel server;
    private final BlockingQueue<Channel> accepted = new LinkedTransferQueue<>();
    private final List<SocketReader> readers = new ArrayList<>();

    /** A transport and a way to the socket. */
    record Way(String name, boolean epoll, Function<Channel, SendStrategy> sending, boolean secure) {

        Way(String name, boolean epoll, SendMode sending) {
            this(name, epoll, sending::strategyOf, false);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    LoopbackServer(Way way, SecureLoopback certificate) throws InterruptedException {
        this.way = way;
        this.tls = way.secure() ? certificate : null;
        this.group = new MultiThreadIoEventLoopGroup(
                2, way.epoll() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Class<? extends ServerChannel> type =
                way.epoll() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        this.server = new ServerBootstrap()
                .group(group)
                .channel(type)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    private void accept(SocketChannel channel) {
        if (tls != null) {
            channel.pipeline().addLast(tls.server().newHandler(channel.alloc()));
        }
        accepted.add(channel);
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
                var _ = context.close(); // readers leave here without a word
            }
        });
    }

    /**
     * Connects readers, each on a thread of its own.
     *
     * @param pos the sample that the first frame begins with
     * @param joining gets the server's end of each connection, on its event loop
     */
    List<SocketReader> connect(int count, long pos, Consumer<Channel> joining) throws Exception {
        int port = ((InetSocketAddress) server.localAddress()).getPort();
        List<SocketReader> connected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            var reader = new SocketReader(
                    port, pos, tls == null ? null : tls.client().getSocketFactory());
            readers.add(reader);
            connected.add(reader);
            Channel channel = Objects.requireNonNull(accepted.poll(10, TimeUnit.SECONDS));
            if (way.secure()) {
                var _ = channel.pipeline()
                        .get(SslHandler.class)
                        .handshakeFuture()
                        .sync();
            }
            channel.eventLoop().execute(() -> joining.accept(channel));
        }
        return connected;
    }

    /** Waits until what was handed to the event loops before is sent, as far as the sockets take it. */
    void awaitLoops() throws InterruptedException {
        for (EventExecutor loop : group) {
            var _ = loop.submit(() -> {}).sync();
        }
    }

    /** Closes the readers' ends of all connections, and accepts no more. */
    void disconnect() throws Exception {
        for (SocketReader reader : readers) {
            reader.close();
        }
        var _ = server.close().sync();
    }

    void shutDown() throws InterruptedException {
        var _ = group.shutdownGracefully(0, 5, TimeUnit.SECONDS).sync();
    }
}
