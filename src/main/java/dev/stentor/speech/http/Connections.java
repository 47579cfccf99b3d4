package dev.stentor.speech.http;

import dev.stentor.trace.TraceSpan;
import io.netty.channel.ChannelOption;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** A pool of connections to one service. Nothing is sent twice, because the service may have counted it. Thread-safe. */
public final class Connections implements AutoCloseable {

    /**
     * Longest idle time of a connection. It is shorter than the limit of cloud front ends, so that a connection is rarely closed
     * while a request is being sent on it.
     */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final ConnectionProvider provider;
    private final HttpClient client;

    /**
     * Creates a pool that has no open connection yet.
     *
     * @param name prefix for the names of threads and pools
     * @param most number of connections that may be open at once; twice as many requests may wait for one
     * @param connectTimeout longest wait for a TCP connection, and for a free connection
     * @param receiveBufferBytes most bytes of an unread answer in the kernel (which rounds up)
     */
    public Connections(String name, int most, Duration connectTimeout, int receiveBufferBytes) {
        this.provider = ConnectionProvider.builder(name)
                .maxConnections(most)
                .pendingAcquireMaxCount(2 * most)
                .pendingAcquireTimeout(connectTimeout)
                .maxIdleTime(IDLE)
                .lifo()
                .build();
        this.client = HttpClient.create(provider)
                .protocol(HttpProtocol.HTTP11)
                .disableRetry(true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        Math.min(connectTimeout.toMillis(), Integer.MAX_VALUE))
                .option(ChannelOption.SO_RCVBUF, receiveBufferBytes);
    }

    /** Returns a client that uses these connections; it follows no redirects and requests no compression. */
    public HttpClient client() {
        return client;
    }

    /** Returns the same client, whose requests say to which trace they belong, if any (W3C Trace Context). */
    public HttpClient tracedClient() {
        return client.headersWhen(headers -> Mono.deferContextual(context -> {
            TraceSpan.in(context).headers().forEach(headers::set);
            return Mono.just(headers);
        }));
    }

    /** Closes idle connections at once, and the others when their answers end. Does not wait. */
    @Override
    public void close() {
        provider.dispose();
    }
}
