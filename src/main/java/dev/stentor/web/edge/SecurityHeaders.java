package dev.stentor.web.edge;

import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Filter that tells browsers, in every answer, what its content may do: run scripts and open connections of the gateway's own origin
 * only, be shown within pages of known origins only, and never be taken for another type than it is. The player, the signed
 * recordings and the sound of a channel by a ticket may be loaded by pages of any origin, all else by the gateway's own.
 */
public final class SecurityHeaders implements WebFilter {

    private static final Pattern ANCESTOR =
            Pattern.compile("'none'|'self'|https?://[A-Za-z0-9.*-]+(:([0-9]{1,5}|\\*))?|https?:");

    private static final Pattern SOUND = Pattern.compile("/v1/channels/[^/]+/audio\\.(wav|ogg|mp3)");

    private final String contentPolicy;

    /**
     * Creates the filter.
     *
     * @param frameAncestors pages that may show the gateway's page within a frame, for which {@link #areAncestors} holds
     */
    public SecurityHeaders(List<String> frameAncestors) {
        contentPolicy = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; "
                + "media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors "
                + String.join(" ", frameAncestors);
    }

    /** Tells whether these are sources that {@code frame-ancestors} of a Content Security Policy may have, and at least one. */
    public static boolean areAncestors(List<String> sources) {
        return !sources.isEmpty() && sources.stream().allMatch(ANCESTOR.asMatchPredicate());
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        headers.set("Content-Security-Policy", contentPolicy);
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set(
                "Cross-Origin-Resource-Policy", isForEverybody(exchange.getRequest()) ? "cross-origin" : "same-origin");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        return chain.filter(exchange);
    }

    private static boolean isForEverybody(ServerHttpRequest request) {
        return RequestPath.of(request).startsWith("/player/") || isSignedRecording(request) || isSoundByTicket(request);
    }

    /** Tells whether an {@code <audio>} of any page may play this: its address has a credential, which is looked at where access is decided. */
    private static boolean isSoundByTicket(ServerHttpRequest request) {
        return request.getQueryParams().containsKey("ticket")
                && SOUND.matcher(RequestPath.of(request)).matches();
    }

    private static boolean isSignedRecording(ServerHttpRequest request) {
        return RequestPath.of(request).startsWith("/v1/audio/")
                && request.getQueryParams().containsKey("Signature");
    }
}
