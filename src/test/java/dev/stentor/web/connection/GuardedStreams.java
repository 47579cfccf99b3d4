package dev.stentor.web.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.stentor.testing.Http2Peer;
import dev.stentor.web.connection.ConnectionStats.Deadline;
import dev.stentor.web.connection.ConnectionStats.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.DefaultChannelId;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.local.LocalServerChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A connection of HTTP/2 behind its guards, without a socket, and what came through them. Time stands still until a test lets it pass. */
final class GuardedStreams implements AutoCloseable {

    static final int MOST_STREAMS = 6;

    private static final FaultAnswer ANSWERS =
            (path, fault) -> new FaultAnswer.Body("text/plain", (fault.code() + " " + path).getBytes(US_ASCII));

    private final List<Deadline> missed = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();
    private int malformed;
    private int reads;
    private int turns;
    private final Streams streams = new Streams();
    private final Http2Peer peer = new Http2Peer();
    private final List<EmbeddedChannel> channels = new ArrayList<>();

    @Override
    public void close() {
        channels.forEach(EmbeddedChannel::finishAndReleaseAll);
        peer.close();
    }

    Http2Peer peer() {
        return peer;
    }

    List<Deadline> missed() {
        return missed;
    }

    List<Refusal> refusals() {
        return refusals;
    }

    /** Returns how often the socket was asked for more. */
    int reads() {
        return reads;
    }

    /** Returns how often what was read was passed on and came to its end. */
    int turns() {
        return turns;
    }

    /** Has the client take what it is sent, or leave it in the socket. */
    void takes(EmbeddedChannel channel, boolean taken) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, taken);
        channel.runPendingTasks();
    }

    int malformed() {
        return malformed;
    }

    List<String> heads() {
        return streams.heads;
    }

    void trust(TrustedProxies trusted) {
        proxies = trusted;
    }

    private TrustedProxies proxies = TrustedProxies.NONE;

    ConnectionLimits limits(int max, int byAddress) {
        var settings = new ConnectionSettings(
                max, byAddress, MOST_STREAMS, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));
        return new ConnectionLimits(settings, proxies, ANSWERS, new ConnectionStats() {
            @Override
            public void refused(Refusal cause) {
                refusals.add(cause);
            }

            @Override
            public void timedOut(Deadline deadline) {
                missed.add(deadline);
            }

            @Override
            public void malformed() {
                malformed++;
            }

            @Override
            public void notAccepted() {}
        });
    }

    EmbeddedChannel connect(ConnectionLimits limits) {
        return connect(limits, new Http2Settings());
    }

    EmbeddedChannel connect(ConnectionLimits limits, Http2Settings client) {
        // The multiplexer takes a connection without a server for a client's.
        var channel = new EmbeddedChannel(new LocalServerChannel(), DefaultChannelId.newInstance(), true, false);
        channels.add(channel);
        channel.freezeTime();
        channel.config().setAutoRead(false); // as Reactor Netty has it
        channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
            @Override
            public void read(ChannelHandlerContext context) {
                reads++;
                context.read();
            }
        });
        channel.pipeline()
                .addLast(Http2FrameCodecBuilder.forServer().build())
                .addLast(new Http2MultiplexHandler(streams))
                .addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelReadComplete(ChannelHandlerContext context) {
                        turns++;
                    }
                });
        limits.accept(channel, new InetSocketAddress("192.0.2.1", 4711));
        send(channel, peer.preface(client));
        return channel;
    }

    void send(EmbeddedChannel channel, byte[]... parts) {
        for (byte[] part : parts) {
            channel.writeInbound(Unpooled.wrappedBuffer(part));
        }
        channel.runPendingTasks();
    }

    void pass(EmbeddedChannel channel, long seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    /** Returns what was sent on all streams so far. */
    List<String> seen(EmbeddedChannel channel) {
        if (channel.isOpen()) {
            channel.flushOutbound();
        }
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            peer.read(ByteBufUtil.getBytes(part));
            part.release();
        }
        return peer.seen();
    }

    void answer(int request, boolean ends) {
        Channel stream = streams.open.get(request);
        var _ = stream.write(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().status("200")));
        var _ = stream.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.copiedBuffer("hello", US_ASCII), ends));
        channels.forEach(EmbeddedChannel::runPendingTasks);
    }

    /** The streams whose heads came through. */
    @Sharable
    private static final class Streams extends ChannelInboundHandlerAdapter {

        private final List<Channel> open = new ArrayList<>();
        private final List<String> heads = new ArrayList<>();

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Http2HeadersFrame head) {
                open.add(context.channel());
                heads.add(head.headers().path().toString());
            }
            ReferenceCountUtil.release(message);
        }
    }
}
