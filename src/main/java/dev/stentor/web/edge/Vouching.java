package dev.stentor.web.edge;

import java.util.Optional;
import org.springframework.web.server.ServerWebExchange;

/** The caller for whom another node vouches, on its way from the filter that knows nodes to the one that decides about access. */
public final class Vouching {

    private static final String CALLER = Vouching.class.getName();

    private Vouching() {}

    /** Puts a caller into a request that comes from another node, as that one wrote it. */
    public static void put(ServerWebExchange exchange, String caller) {
        exchange.getAttributes().put(CALLER, caller);
    }

    /** Returns the caller of a request that comes from another node; empty if that one vouches for nobody. */
    public static Optional<String> in(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(CALLER));
    }
}
