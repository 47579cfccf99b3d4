package dev.stentor.web.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counter of the server's connections, which closes those that are too many, and guards the form and the deadlines of the others'
 * requests. See ADR 46 for HTTP/2. Thread-safe: called on every event loop.
 */
public final class ConnectionLimits {

    /**
     * Bytes of one HTTP/2 connection that an event loop reads before others have their turn: some two hundred requests. In HTTP/1.1 it is one
     * request.
     */
    private static final int READ_BYTES = 16 << 10;

    private final ConnectionSettings settings;
    private final ConnectionStats stats;
    private final TrustedProxies proxies;
    private final FaultAnswer answers;
    private final AtomicInteger open = new AtomicInteger();
    private final AddressCount byAddress;
    private final Map<EventExecutor, HandshakeTurns> handshakes = new ConcurrentHashMap<>();

    /**
     * Creates a counter for one server.
     *
     * @param proxies proxies whose connections are not counted by their own address, but by those of their clients
     * @param answers writer of the answers to malformed requests
     */
    public ConnectionLimits(
            ConnectionSettings settings, TrustedProxies proxies, FaultAnswer answers, ConnectionStats stats) {
        this.settings = settings;
        this.proxies = proxies;
        this.answers = answers;
        this.stats = stats;
        this.byAddress = new AddressCount(settings.maxByAddress());
    }

    /** Returns how many connections are open; each request of an HTTP/2 connection but its first counts as one more. */
    public int open() {
        return open.get();
    }

    /**
     * Counts a new connection until it closes, and guards its requests; closes it at once if it is one too many. To be called on
     * the connection's event loop, when its pipeline has the HTTP codec, or the handler that chooses one.
     *
     * @param remote the client's address; null if it is not known
     */
    public void accept(Channel channel, @Nullable SocketAddress remote) {
        InetAddress address = remote instanceof InetSocketAddress internet ? internet.getAddress() : null;
        boolean isProxy = address != null && proxies.contains(address);
        InetAddress counted = isProxy ? null : address;
        ConnectionStats.@Nullable Refusal refusal = count(counted);
        if (refusal != null) {
            stats.refused(refusal);
            var _ = channel.close();
            return;
        }
        var _ = channel.closeFuture().addListener(_ -> uncount(counted));
        ProxiedPlaces clients = isProxy && address != null ? new ProxiedPlaces(byAddress, proxies, address) : null;
        paceHandshake(channel, address == null ? this : ClientNetwork.of(address));
        var negotiation = channel.pipeline().context(ApplicationProtocolNegotiationHandler.class);
        if (negotiation == null) {
            guard(channel.pipeline(), counted, clients);
        } else {
            channel.pipeline()
                    .addBefore(
                            negotiation.name(),
                            "stentor.protocol",
                            new ProtocolChoice(stats, pipeline -> guard(pipeline, counted, clients)));
        }
    }

    private void paceHandshake(Channel channel, Object address) {
        ChannelHandlerContext sni = channel.pipeline().context(AbstractSniHandler.class);
        ChannelHandlerContext tls = sni == null ? channel.pipeline().context(SslHandler.class) : sni;
        if (tls != null) {
            HandshakeTurns turns = handshakes.computeIfAbsent(channel.eventLoop(), HandshakeTurns::new);
            PacedHandshake.install(channel.pipeline(), tls.name(), turns, address);
        }
    }

    private void guard(ChannelPipeline pipeline, @Nullable InetAddress counted, @Nullable ProxiedPlaces clients) {
        ChannelHandlerContext http1 = pipeline.context(HttpServerCodec.class);
        ChannelHandlerContext http2 = pipeline.context(Http2FrameCodec.class);
        if (http1 != null) {
            guardHttp1(pipeline, http1.name(), clients);
        } else if (http2 != null) {
            var places = new StreamPlaces(this, stats, counted);
            pipeline.channel()
                    .config()
                    .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(1));
            pipeline.addBefore(http2.name(), "stentor.reads", new PausedReads());
            pipeline.addBefore(http2.name(), "stentor.headers", new HeaderBlocks(settings, stats));
            pipeline.addAfter(http2.name(), "stentor.frames", new BatchedFrames());
            pipeline.addAfter(
                    http2.name(), "stentor.requests", new StreamRequests(settings, stats, answers, places, clients));
        }
    }

    private void guardHttp1(ChannelPipeline pipeline, String codec, @Nullable ProxiedPlaces clients) {
        var faults = new RequestFaults(answers, stats);
        if (clients != null) {
            pipeline.addAfter(codec, "stentor.client", new ClientPlace(clients, faults));
        }
        new RequestDeadlines(settings, stats).install(pipeline, codec);
        pipeline.addAfter(codec, "stentor.faults", faults);
    }

    /** Counts one more connection, or a request that counts as one; returns the limit that is reached, and counts nothing then. */
    ConnectionStats.@Nullable Refusal count(@Nullable InetAddress address) {
        if (open.incrementAndGet() > settings.max() && settings.max() > 0) {
            open.decrementAndGet();
            return ConnectionStats.Refusal.TOTAL;
        }
        if (address != null && !byAddress.add(address)) {
            open.decrementAndGet();
            return ConnectionStats.Refusal.ADDRESS;
        }
        return null;
    }

    /** Counts one less, for each {@link #count} that refused nothing. */
    void uncount(@Nullable InetAddress address) {
        open.decrementAndGet();
        if (address != null) {
            byAddress.remove(address);
        }
    }
}
