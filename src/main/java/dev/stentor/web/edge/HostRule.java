package dev.stentor.web.edge;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * A filter that refuses requests with a foreign Host header. It protects a gateway on the loopback address against DNS
 * rebinding: a web page whose host name is made to resolve to this machine has the gateway's own origin to the browser.
 */
public final class HostRule implements WebFilter {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

    private final boolean loopbackOnly;
    private final Set<String> hosts;

    /**
     * Creates the rule.
     *
     * @param loopbackOnly whether the gateway is bound to the loopback address; if not, every host name is accepted
     * @param hosts accepted host names besides those of the loopback address, without ports
     */
    public HostRule(boolean loopbackOnly, Set<String> hosts) {
        this.loopbackOnly = loopbackOnly;
        this.hosts = hosts.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        InetSocketAddress host;
        try {
            host = exchange.getRequest().getHeaders().getHost();
        } catch (IllegalArgumentException e) {
            return refuse(
                    exchange,
                    HttpStatus.BAD_REQUEST,
                    "InvalidHost",
                    "The Host header is no host name with an optional port.");
        }
        return isOurs(host)
                ? chain.filter(exchange)
                : refuse(
                        exchange,
                        HttpStatus.MISDIRECTED_REQUEST,
                        "UnknownHost",
                        "This gateway does not answer under that name; see gateway.api.hosts.");
    }

    private static Mono<Void> refuse(ServerWebExchange exchange, HttpStatus status, String code, String detail) {
        return ErrorAnswers.write(exchange, RequestPath.of(exchange.getRequest()), status, code, detail);
    }

    /** Tells whether the name is ours; case does not matter in names of hosts (RFC 9110, section 4.2.3). */
    private boolean isOurs(@Nullable InetSocketAddress host) {
        if (!loopbackOnly || host == null) {
            return true;
        }
        String name = host.getHostString().toLowerCase(Locale.ROOT);
        return LOOPBACK.contains(name) || hosts.contains(name);
    }
}
