package dev.stentor.web.access;

import dev.stentor.access.Access;
import dev.stentor.access.AccessStats;
import dev.stentor.access.AccessStats.Way;
import dev.stentor.access.Attempt;
import dev.stentor.access.AuditLog;
import dev.stentor.access.Caller;
import dev.stentor.access.Decision;
import dev.stentor.usage.Account;
import dev.stentor.web.access.RouteRight.Match;
import dev.stentor.web.edge.RequestPath;
import dev.stentor.web.edge.Vouching;
import dev.stentor.web.edge.WebSocketHandshake;
import java.util.Set;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Filter that asks {@link Access} about every request to a guarded address, and about every handshake of a WebSocket there. The
 * caller and its account go on in the Reactor context, under their classes. Thread-safe.
 *
 * <p>A recording passes by its signed address, which is a credential of its own.
 */
public final class AccessFilter implements WebFilter {

    private final Access access;
    private final AccessStats stats;
    private final AuditLog audit;

    /** Creates the filter. */
    public AccessFilter(Access access, AccessStats stats, AuditLog audit) {
        this.access = access;
        this.stats = stats;
        this.audit = audit;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        PathContainer path = request.getPath().pathWithinApplication();
        if (isOnManagementPort(exchange) || !RouteRights.isGuarded(path) || isSignedRecording(request, path)) {
            return chain.filter(exchange);
        }
        Match match = RouteRights.of(request.getMethod(), path);
        Attempt attempt = AttemptReader.read(exchange, match);
        Mono<Decision> decided = Vouching.isFromNode(exchange) ? access.decideAgain(attempt) : access.decide(attempt);
        return decided.flatMap(decision -> switch (decision) {
            case Decision.Allowed allowed -> goOn(exchange, chain, match, allowed);
            case Decision.Refused refused -> refuse(exchange, match, refused);
        });
    }

    /** Tells whether the request came over the port for health and metrics, which has a context of its own. */
    private static boolean isOnManagementPort(ServerWebExchange exchange) {
        return WebServerApplicationContext.hasServerNamespace(exchange.getApplicationContext(), "management");
    }

    private Mono<Void> goOn(ServerWebExchange exchange, WebFilterChain chain, Match match, Decision.Allowed allowed) {
        HttpMethod method = exchange.getRequest().getMethod();
        Mono<Void> answered = chain.filter(exchange);
        if (match.right().audited()) {
            answered = answered.doFinally(_ -> {
                HttpStatusCode status = exchange.getResponse().getStatusCode();
                audit.record(
                        allowed.caller(),
                        match.right().action(),
                        match.reach(),
                        match.right().description(method),
                        status == null ? "-" : String.valueOf(status.value()));
            });
        }
        return answered.contextWrite(
                context -> context.put(Caller.class, allowed.caller()).put(Account.class, allowed.account()));
    }

    private Mono<Void> refuse(ServerWebExchange exchange, Match match, Decision.Refused refused) {
        ServerHttpRequest request = exchange.getRequest();
        AccessRefusal refusal = AccessRefusal.of(refused.reason());
        String path = RequestPath.of(request);
        boolean handshake = WebSocketHandshake.isWellFormed(request);
        stats.refused(handshake ? Way.HANDSHAKE : Way.REQUEST, refused.reason());
        if (match.right().audited()) {
            audit.record(
                    refused.caller(),
                    match.right().action(),
                    match.reach(),
                    match.right().description(request.getMethod()),
                    String.valueOf(refusal.status().value()));
        }
        return handshake
                ? WebSocketHandshake.refuse(exchange, refusal.closeCode(path), refusal.closeReason(path))
                : refusal.answer(exchange, path, refused.retryAfter());
    }

    private static boolean isSignedRecording(ServerHttpRequest request, PathContainer path) {
        return Set.of(HttpMethod.GET, HttpMethod.HEAD).contains(request.getMethod())
                && RouteRights.isRecording(path)
                && request.getQueryParams().containsKey("Signature");
    }
}
