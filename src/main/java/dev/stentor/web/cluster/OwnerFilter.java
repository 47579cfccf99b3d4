package dev.stentor.web.cluster;

import dev.stentor.access.Caller;
import dev.stentor.access.VouchedCaller;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelName;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.relay.SharedChannels;
import dev.stentor.web.edge.ProblemException;
import dev.stentor.web.edge.Vouching;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.PathContainer;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Filter that passes requests about a channel on to the node that has it. What listens to the sound is served here, since each node hears
 * all channels. A request that was passed on is not passed on again. Thread-safe.
 */
public final class OwnerFilter implements WebFilter {

    private static final PathPattern CHANNEL = pattern("/v1/channels/{channel}/**");
    private static final List<PathPattern> HEARD_HERE = List.of(
            pattern("/v1/channels/{channel}/listen"),
            pattern("/v1/channels/{channel}/audio.wav"),
            pattern("/v1/channels/{channel}/audio.ogg"),
            pattern("/v1/channels/{channel}/audio.mp3"));

    private final SharedChannels channels;
    private final PeerClient client;

    /** Creates the filter. */
    public OwnerFilter(SharedChannels channels, PeerClient client) {
        this.channels = channels;
        this.client = client;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return channel(exchange)
                .map(name -> owner(exchange, name)
                        .flatMap(owner ->
                                owner.isPresent() ? pass(exchange, name, owner.get()) : chain.filter(exchange)))
                .orElseGet(() -> chain.filter(exchange));
    }

    /** Emits the other node that has the channel. One that nobody has goes on here first, if it was left without an end. */
    private Mono<Optional<ClusterNode>> owner(ServerWebExchange exchange, ChannelName name) {
        Mono<ClusterNode> left = channels.resume(name)
                .then(Mono.<ClusterNode>empty())
                .onErrorResume(OwnerFilter::isElsewhere, _ -> channels.elsewhere(name)); // somebody was quicker
        return channels.elsewhere(name)
                .switchIfEmpty(left)
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .onErrorResume(ChannelException.class, _ -> refuse(exchange, PeerClient.away()));
    }

    private static boolean isElsewhere(Throwable error) {
        return error instanceof ChannelException refused && refused.isElsewhere();
    }

    /** Passes a request on. For the holder of a ticket, which this request may have used up, this node vouches. */
    private Mono<Void> pass(ServerWebExchange exchange, ChannelName name, ClusterNode owner) {
        if (Vouching.isFromNode(exchange)) {
            return refuse(exchange, PeerClient.away());
        }
        return Mono.deferContextual(context -> {
            String vouched = context.<Caller>getOrEmpty(Caller.class)
                    .flatMap(caller -> VouchedCaller.text(caller, name.value()))
                    .orElse(null);
            return client.pass(exchange, owner, vouched)
                    .onErrorResume(ProblemException.class, away -> refuse(exchange, away));
        });
    }

    private static <T> Mono<T> refuse(ServerWebExchange exchange, ProblemException away) {
        Duration after = away.retryAfter();
        if (after != null) {
            exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, String.valueOf(after.toSeconds()));
        }
        return Mono.error(away);
    }

    private static Optional<ChannelName> channel(ServerWebExchange exchange) {
        PathContainer path = exchange.getRequest().getPath().pathWithinApplication();
        PathPattern.PathMatchInfo match = CHANNEL.matchAndExtract(path);
        if (match == null || HEARD_HERE.stream().anyMatch(heard -> heard.matches(path))) {
            return Optional.empty();
        }
        String name = match.getUriVariables().get("channel");
        return name == null || !ChannelName.isValid(name) ? Optional.empty() : Optional.of(new ChannelName(name));
    }

    private static PathPattern pattern(String path) {
        return PathPatternParser.defaultInstance.parse(path);
    }
}
