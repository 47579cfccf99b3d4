package dev.stentor.web.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counter of the server's connections, which closes those that are too many, and guards the form and the deadlines of the others'
 * requests. Thread-safe: called on every event loop.
 */
public final class ConnectionLimits {

    private final ConnectionSettings settings;
    private final ConnectionStats stats;
    private final TrustedProxies proxies;
    private final FaultAnswer answers;
    private final AtomicInteger open = new AtomicInteger();
    private final AddressCount byAddress;

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

    /** Returns how many connections are open. */
    public int open() {
        return open.get();
    }

    /**
     * Counts a new connection until it closes, and guards its requests; closes it at once if it is one too many. To be called on
     * the connection's event loop, when its pipeline has the HTTP codec.
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
        ChannelPipeline pipeline = channel.pipeline();
        ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
        if (codec != null) {
            var faults = new RequestFaults(answers, stats);
            if (isProxy && address != null) {
                pipeline.addAfter(codec.name(), "stentor.client", new ClientPlace(byAddress, proxies, address, faults));
            }
            new RequestDeadlines(settings, stats).install(pipeline, codec.name());
            pipeline.addAfter(codec.name(), "stentor.faults", faults);
        }
    }

    private ConnectionStats.@Nullable Refusal count(@Nullable InetAddress address) {
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

    private void uncount(@Nullable InetAddress address) {
        open.decrementAndGet();
        if (address != null) {
            byAddress.remove(address);
        }
    }
}
