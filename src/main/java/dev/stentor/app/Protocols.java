package dev.stentor.app;

import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

/**
 * Protocols of the gateway's port: HTTP/1.1, and HTTP/2 beside it where TLS lets a client choose and {@code server.http2.enabled} does
 * not forbid it. Without TLS there is no HTTP/2: no browser speaks it then, and its upgrade would be one more way in.
 */
final class Protocols {

    /** The largest value of the setting, RFC 9113, section 6.5.2. */
    private static final long MOST_STREAMS = 0xffff_ffffL;

    private final boolean http2;
    private final int maxStreams;

    /** @param maxStreams requests that one HTTP/2 connection may have open at a time; 0 means no limit */
    Protocols(ServerProperties server, int maxStreams) {
        this.http2 = server.getHttp2().isEnabled() && Ssl.isEnabled(server.getSsl());
        this.maxStreams = maxStreams;
    }

    /** Returns the server with its protocols. */
    HttpServer of(HttpServer server) {
        if (!http2) {
            return server.protocol(HttpProtocol.HTTP11);
        }
        return server.protocol(HttpProtocol.HTTP11, HttpProtocol.H2)
                .http2Settings(settings -> settings.maxConcurrentStreams(maxStreams == 0 ? MOST_STREAMS : maxStreams));
    }
}
