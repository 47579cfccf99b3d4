package dev.stentor.web.edge;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * A filter that refuses requests with a foreign Host header. It protects a gateway on the loopback address against DNS
 * rebinding: a web page whose host name is made to resolve to this machine has the gateway's own origin to the browser.
 */
public final class HostRule implements WebFilter {

    private static final byte[] REFUSAL = """
            {"type":"urn:stentor:problem:UnknownHost","title":"Misdirected Request","status":421,\
            "detail":"This gateway does not answer under that name; see gateway.api.hosts.","code":"UnknownHost"}""".getBytes(StandardCharsets.UTF_8);

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
        this.hosts = Set.copyOf(hosts);
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (isOurs(exchange.getRequest().getHeaders().getHost())) {
            return chain.filter(exchange);
        }
        var response = exchange.getResponse();
        response.setStatusCode(HttpStatus.MISDIRECTED_REQUEST);
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(REFUSAL)));
    }

    private boolean isOurs(@Nullable InetSocketAddress host) {
        if (!loopbackOnly || host == null) {
            return true;
        }
        String name = host.getHostString();
        return LOOPBACK.contains(name) || hosts.contains(name);
    }
}
