package dev.stentor.web.cluster;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.channel.ChannelName;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.Vouching;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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
 * other node: that one's address is believed, and its credential is checked here, unless it came with a ticket, for which the other node
 * vouches. A node is also told what the clock of a channel shows,
 * who listens to it here, and what {@link PeerAnswers} there are. Thread-safe.
 */
public final class PeerFilter implements WebFilter {

    /** The address at which nodes ask for the time of a channel; its name follows. */
    static final String CLOCK = "/v1/cluster/clock/";

    /** The address at which nodes ask for the listeners that this one has of a channel; its name follows. */
    static final String LISTENERS = "/v1/cluster/listeners/";

    private final PeerSecret secret;
    private final Broadcasts broadcasts;
    private final List<PeerAnswers> answers;

    /**
     * Creates the filter.
     *
     * @param answers answers to what is no question about a channel
     */
    public PeerFilter(PeerSecret secret, Broadcasts broadcasts, List<PeerAnswers> answers) {
        this.secret = secret;
        this.broadcasts = broadcasts;
        this.answers = List.copyOf(answers);
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
            return answer(exchange, path.substring(CLOCK.length()), PeerFilter::clock);
        }
        if (path.startsWith(LISTENERS)) {
            return answer(
                    exchange, path.substring(LISTENERS.length()), broadcast -> ListenerList.of(broadcast.statuses()));
        }
        for (PeerAnswers known : answers) {
            if (known.isAt(path)) {
                return known.answer(exchange.getRequest(), exchange.getResponse());
            }
        }
        Vouching.mark(exchange);
        String vouched = exchange.getRequest().getHeaders().getFirst(PeerHeaders.CALLER);
        if (vouched != null) {
            Vouching.put(exchange, vouched);
        }
        InetSocketAddress client = client(exchange.getRequest());
        return chain.filter(exchange.mutate()
                .request(request -> {
                    var _ = request.headers(headers -> {
                        headers.remove(PeerHeaders.SECRET);
                        headers.remove(PeerHeaders.CLIENT);
                        headers.remove(PeerHeaders.CALLER);
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

    private static byte[] clock(Broadcast broadcast) {
        return Long.toString(broadcast.micros()).getBytes(StandardCharsets.US_ASCII);
    }

    private Mono<Void> answer(ServerWebExchange exchange, String name, Function<Broadcast, byte[]> fact) {
        Optional<Broadcast> broadcast =
                ChannelName.isValid(name) ? broadcasts.find(new ChannelName(name)) : Optional.empty();
        ServerHttpResponse response = exchange.getResponse();
        if (broadcast.isEmpty()) {
            response.setStatusCode(HttpStatus.NOT_FOUND);
            return response.setComplete();
        }
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(fact.apply(broadcast.get()))));
    }
}
