package dev.stentor.speech.http;

import io.netty.channel.ChannelOption;
import java.time.Duration;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** The connections to one service. Nothing is sent twice on them: the service may have counted it. Thread-safe. */
public final class Connections implements AutoCloseable {

    /**
     * Shorter than what front ends of clouds allow, so that a connection is rarely closed while a request goes out on
     * it.
     */
    private static final Duration IDLE = Duration.ofSeconds(20);

    private final ConnectionProvider provider;
    private final HttpClient client;

    /**
     * Opens none yet.
     *
     * @param name for threads' and pools' names
     * @param most how many may be open at once; twice as many requests more may wait for one
     * @param connectTimeout for a TCP connection, and for a free one
     * @param receiveBufferBytes what the kernel may hold of one answer that nobody reads (it rounds up)
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

    /** A client on them; follows no redirections and asks for no compression. */
    public HttpClient client() {
        return client;
    }

    /** Closes idle connections at once and the others as their answers end. Does not wait. */
    @Override
    public void close() {
        provider.dispose();
    }
}
