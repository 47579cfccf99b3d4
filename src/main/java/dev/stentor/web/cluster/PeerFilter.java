package dev.stentor.web.cluster;

import dev.stentor.access.FailedAttempts;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.channel.Channels;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import dev.stentor.web.edge.Vouching;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Filter that knows requests of other nodes by the secret of the cluster. Such a request counts as one of the client that sent it to the
 * other node: that one's address is believed, and its credential is checked here, unless it came with a ticket, for which the other node
 * vouches. What only nodes ask is answered by {@link PeerAnswers}, and by {@link PeerQuestions}. Thread-safe.
 */
public final class PeerFilter implements WebFilter {

    private final PeerSecret secret;
    private final FailedAttempts failed;
    private final List<PeerAnswers> answers;
    private final PeerQuestions questions;

    /**
     * Creates the filter.
     *
     * @param failed counter of wrong secrets by the address that they came from
     * @param answers answers to what is no question about a channel
     * @param work where answers about channels are written; never the clock's thread
     */
    public PeerFilter(
            PeerSecret secret,
            FailedAttempts failed,
            Broadcasts broadcasts,
            Channels channels,
            List<PeerAnswers> answers,
            Scheduler work) {
        this.secret = secret;
        this.failed = failed;
        this.answers = List.copyOf(answers);
        this.questions = new PeerQuestions(broadcasts, channels, work);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String shown = exchange.getRequest().getHeaders().getFirst(PeerHeaders.SECRET);
        if (shown == null) {
            return chain.filter(exchange);
        }
        if (!secret.isShownBy(shown)) {
            return Mono.error(refused(exchange.getRequest().getRemoteAddress()));
        }
        String path = exchange.getRequest().getPath().pathWithinApplication().value();
        for (PeerAnswers known : answers) {
            if (known.isAt(path)) {
                return known.answer(exchange.getRequest(), exchange.getResponse());
            }
        }
        if (path.startsWith(PeerQuestions.PATH)) {
            return questions.answer(exchange, path);
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

    /** Returns the refusal of who shows a wrong secret; one that comes too often from an address is told to wait. */
    private ProblemException refused(@Nullable InetSocketAddress from) {
        Duration wait = failed.count(from == null ? null : from.getAddress());
        return wait.isZero()
                ? Problem.of(HttpStatus.FORBIDDEN, "NotANode", "That is not the secret of this gateway's cluster.")
                        .exception()
                : new ProblemException(
                        Problem.of(
                                HttpStatus.TOO_MANY_REQUESTS,
                                "TooManyAttempts",
                                "Too many wrong secrets came from this address; wait."),
                        wait);
    }

    private static @Nullable InetSocketAddress client(ServerHttpRequest request) {
        String told = request.getHeaders().getFirst(PeerHeaders.CLIENT);
        InetAddress address = told == null ? null : NetUtil.createInetAddressFromIpAddressString(told);
        return address == null ? null : new InetSocketAddress(address, 0);
    }
}
