package dev.stentor.web.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Counter of the server's connections, which closes those that are too many, and sets the deadlines of the others. Thread-safe:
 * called on every event loop.
 */
public final class ConnectionLimits {

    private final ConnectionSettings settings;
    private final ConnectionStats stats;
    private final AtomicInteger open = new AtomicInteger();
    private final ConcurrentMap<InetAddress, Integer> openByAddress = new ConcurrentHashMap<>();

    /** Creates a counter for one server. */
    public ConnectionLimits(ConnectionSettings settings, ConnectionStats stats) {
        this.settings = settings;
        this.stats = stats;
    }

    /** Returns how many connections are open. */
    public int open() {
        return open.get();
    }

    /**
     * Counts a new connection until it closes, and gives it its deadlines; closes it at once if it is one too many. To be called on
     * the connection's event loop, when its pipeline has the HTTP codec.
     *
     * @param remote the client's address; null if it is not known
     */
    public void accept(Channel channel, @Nullable SocketAddress remote) {
        InetAddress address = addressOf(remote);
        ConnectionStats.@Nullable Refusal refusal = count(address);
        if (refusal != null) {
            stats.refused(refusal);
            var _ = channel.close();
            return;
        }
        var _ = channel.closeFuture().addListener(_ -> uncount(address));
        ChannelPipeline pipeline = channel.pipeline();
        ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
        if (codec != null) {
            new RequestDeadlines(settings, stats).install(pipeline, codec.name());
        }
    }

    private ConnectionStats.@Nullable Refusal count(@Nullable InetAddress address) {
        if (open.incrementAndGet() > settings.max() && settings.max() > 0) {
            open.decrementAndGet();
            return ConnectionStats.Refusal.TOTAL;
        }
        if (address != null && openByAddress.merge(address, 1, Integer::sum) > settings.maxByAddress()) {
            uncount(address);
            return ConnectionStats.Refusal.ADDRESS;
        }
        return null;
    }

    private void uncount(@Nullable InetAddress address) {
        open.decrementAndGet();
        if (address != null) {
            openByAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Returns the address to count by; null if connections from there are not limited. */
    private @Nullable InetAddress addressOf(@Nullable SocketAddress remote) {
        boolean counted = settings.maxByAddress() > 0
                && remote instanceof InetSocketAddress internet
                && internet.getAddress() != null
                && !internet.getAddress().isLoopbackAddress();
        return counted ? ((InetSocketAddress) remote).getAddress() : null;
    }
}
