package dev.stentor.web.connection;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Places that the requests of one HTTP/2 connection take among all connections, as if each had one of its own: else one connection
 * could hold a hundred feeds for the price of one. The first open request has the place of the connection. Confined to the
 * connection's event loop.
 */
final class StreamPlaces {

    private static final RequestFault NONE_LEFT = RequestFault.of(
            HttpResponseStatus.SERVICE_UNAVAILABLE,
            "TooManyConnections",
            "There are as many connections and requests as there may be.");

    private final ConnectionLimits limits;
    private final ConnectionStats stats;
    private final @Nullable InetAddress address;
    private int taken;

    /** @param address address that the connection is counted by; null if it is that of a trusted proxy */
    StreamPlaces(ConnectionLimits limits, ConnectionStats stats, @Nullable InetAddress address) {
        this.limits = limits;
        this.stats = stats;
        this.address = address;
    }

    /**
     * Takes a place for one more request, if it needs one.
     *
     * @param open number of open requests, with this one
     * @return what to answer if there is none; null if there is
     */
    @Nullable RequestFault take(int open) {
        if (taken >= open - 1) {
            return null;
        }
        ConnectionStats.Refusal refusal = limits.count(address);
        if (refusal == null) {
            taken++;
            return null;
        }
        stats.refused(refusal);
        return switch (refusal) {
            case TOTAL -> NONE_LEFT;
            case ADDRESS, STREAMS -> ProxiedPlaces.TOO_MANY;
        };
    }

    /** Gives back the places that so many open requests do not need. */
    void leave(int open) {
        while (taken > Math.max(0, open - 1)) {
            limits.uncount(address);
            taken--;
        }
    }
}
