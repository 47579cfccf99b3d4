package dev.stentor.web.connection;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Places of the clients behind one trusted proxy, by the addresses that the proxy tells. Thread-safe. */
final class ProxiedPlaces {

    /** Answer to a client that has all the places that it may have. */
    static final RequestFault TOO_MANY = RequestFault.of(
            HttpResponseStatus.TOO_MANY_REQUESTS,
            "TooManyConnections",
            "There are as many requests and listeners from this address as there may be.");

    private final AddressCount counted;
    private final TrustedProxies proxies;
    private final InetAddress proxy;

    /**
     * Place of one request.
     *
     * @param client client that holds it; null if it is not known
     * @param refused whether the client holds too many already
     */
    record Place(@Nullable InetAddress client, boolean refused) {}

    ProxiedPlaces(AddressCount counted, TrustedProxies proxies, InetAddress proxy) {
        this.counted = counted;
        this.proxies = proxies;
        this.proxy = proxy;
    }

    /** Takes a place for the client that the headers of a request name. */
    Place take(HttpHeaders headers) {
        TrustedProxies.Origin origin = proxies.originOf(proxy, headers);
        if (origin == null) {
            return new Place(null, false);
        }
        return counted.add(origin.client()) ? new Place(origin.client(), false) : new Place(null, true);
    }

    /** Gives a place back. */
    void leave(InetAddress client) {
        counted.remove(client);
    }
}
