package dev.stentor.web.edge;

import java.util.Optional;
import org.springframework.web.server.ServerWebExchange;

/**
 * Attributes of a request that another node has passed on: that it was counted there, and the caller for whom that node vouches. The filter that
 * knows nodes sets them; the one that decides about access reads them.
 */
public final class Vouching {

    private static final String CALLER = Vouching.class.getName();
    private static final String NODE = CALLER + ".node";

    private Vouching() {}

    /** Marks a request as one that another node has let pass, and counted. */
    public static void mark(ServerWebExchange exchange) {
        exchange.getAttributes().put(NODE, true);
    }

    /** Tells whether another node has let a request pass. */
    public static boolean isFromNode(ServerWebExchange exchange) {
        return exchange.getAttribute(NODE) != null;
    }

    /** Puts a caller into a request that comes from another node, as that one wrote it. */
    public static void put(ServerWebExchange exchange, String caller) {
        exchange.getAttributes().put(CALLER, caller);
    }

    /** Returns the caller of a request that comes from another node; empty if that one vouches for nobody. */
    public static Optional<String> in(ServerWebExchange exchange) {
        return Optional.ofNullable(exchange.getAttribute(CALLER));
    }
}
