package dev.stentor.app;

import dev.stentor.web.connection.TrustedProxies;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.netty.http.server.ConnectionInfo;

/**
 * Translation of what trusted proxies tell into the request that rooms see: the client's address, and the scheme and host that links
 * are written with. Thread-safe.
 */
final class Forwarding {

    private final TrustedProxies proxies;

    Forwarding(TrustedProxies proxies) {
        this.proxies = proxies;
    }

    /** Returns the connection as the client sees it; unchanged unless a trusted proxy sent the request. */
    ConnectionInfo apply(ConnectionInfo connection, HttpRequest request) {
        InetSocketAddress peer = connection.getRemoteAddress();
        if (peer == null || peer.getAddress() == null) {
            return connection;
        }
        TrustedProxies.Origin origin = proxies.originOf(peer.getAddress(), request.headers());
        if (origin == null) {
            return connection;
        }
        ConnectionInfo seen = connection.withRemoteAddress(new InetSocketAddress(origin.client(), peer.getPort()));
        if (origin.scheme() != null) {
            seen = seen.withScheme(origin.scheme());
        }
        return origin.host() == null ? seen : withHost(seen, origin.host());
    }

    private static ConnectionInfo withHost(ConnectionInfo connection, String host) {
        UriComponents address = UriComponentsBuilder.fromUriString(connection.getScheme() + "://" + host)
                .build();
        InetSocketAddress bound = connection.getHostAddress();
        String name = address.getHost();
        if (bound == null || name == null) {
            return connection;
        }
        int port =
                address.getPort() > 0 ? address.getPort() : ConnectionInfo.getDefaultHostPort(connection.getScheme());
        return connection.withHostAddress(bound, name, port);
    }
}
