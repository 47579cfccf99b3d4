package dev.stentor.web.cluster;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.channel.ChannelName;
import dev.stentor.web.edge.Problem;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Filter that knows requests of other nodes by the secret of the cluster. Such a request counts as one of the client that sent it to the
 * other node: that one's address is believed, and its credential is checked here. A node is also told what the clock of a channel shows.
 * Thread-safe.
 */
public final class PeerFilter implements WebFilter {

    /** The address at which nodes ask for the time of a channel; its name follows. */
    static final String CLOCK = "/v1/cluster/clock/";

    private static final String PEER = PeerFilter.class.getName();

    private final PeerSecret secret;
    private final Broadcasts broadcasts;

    /** Creates the filter. */
    public PeerFilter(PeerSecret secret, Broadcasts broadcasts) {
        this.secret = secret;
        this.broadcasts = broadcasts;
    }

    /** Tells whether a request comes from another node. */
    static boolean isFromPeer(ServerWebExchange exchange) {
        return exchange.getAttribute(PEER) != null;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String shown = exchange.getRequest().getHeaders().getFirst(PeerHeaders.SECRET);
        if (shown == null) {
            return chain.filter(exchange);
        }
        if (!secret.isShownBy(shown)) {
            return Mono.error(
                    Problem.of(HttpStatus.FORBIDDEN, "NotANode", "That is not the secret of this gateway's cluster.")
                            .exception());
        }
        String path = exchange.getRequest().getPath().pathWithinApplication().value();
        if (path.startsWith(CLOCK)) {
            return clock(exchange, path.substring(CLOCK.length()));
        }
        exchange.getAttributes().put(PEER, true);
        InetSocketAddress client = client(exchange.getRequest());
        return chain.filter(exchange.mutate()
                .request(request -> {
                    var _ = request.headers(headers -> {
                        headers.remove(PeerHeaders.SECRET);
                        headers.remove(PeerHeaders.CLIENT);
                    });
                    if (client != null) {
                        var _ = request.remoteAddress(client);
                    }
                })
                .build());
    }

    private static @Nullable InetSocketAddress client(ServerHttpRequest request) {
        String told = request.getHeaders().getFirst(PeerHeaders.CLIENT);
        InetAddress address = told == null ? null : NetUtil.createInetAddressFromIpAddressString(told);
        return address == null ? null : new InetSocketAddress(address, 0);
    }

    private Mono<Void> clock(ServerWebExchange exchange, String name) {
        Optional<Broadcast> broadcast =
                ChannelName.isValid(name) ? broadcasts.find(new ChannelName(name)) : Optional.empty();
        ServerHttpResponse response = exchange.getResponse();
        if (broadcast.isEmpty()) {
            response.setStatusCode(HttpStatus.NOT_FOUND);
            return response.setComplete();
        }
        return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory()
                .wrap(Long.toString(broadcast.get().micros()).getBytes(StandardCharsets.US_ASCII))));
    }
}
