package dev.stentor.web.edge;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Rule about the web pages that may use this gateway. Browsers let any page open a WebSocket, send a form and fetch a picture
 * anywhere, so the gateway itself must look at where a request comes from. Programs send no origin and pass.
 *
 * @param allowed further origins, such as {@code https://example.org}; the gateway's own pages may always, under any scheme
 */
public record OriginRule(Set<String> allowed) {

    /** Tells whether this request may pass: it comes from a program, from a page of ours, or from an allowed one. */
    boolean permits(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String origin = headers.getOrigin();
        if (origin == null && isOpenedByALink(request)) {
            return true;
        }
        return permits(origin, headers.getFirst(HttpHeaders.HOST), headers.getFirst("Sec-Fetch-Site"));
    }

    /**
     * Tells whether a page of that origin may use the gateway, when it asks the given host.
     *
     * @param site what the browser says of requests that carry no origin, such as those of {@code <audio>}
     */
    public boolean permits(@Nullable String origin, @Nullable String host, @Nullable String site) {
        if (origin == null) {
            return !"cross-site".equals(site);
        }
        if (allowed.contains(origin)) {
            return true;
        }
        try {
            String page = URI.create(origin).getRawAuthority();
            return page != null && page.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** A frame within a page is no window that the user opened. */
    private static boolean isOpenedByALink(ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        String destination = headers.getFirst("Sec-Fetch-Dest");
        return HttpMethod.GET.equals(request.getMethod())
                && "navigate".equals(headers.getFirst("Sec-Fetch-Mode"))
                && (destination == null || destination.equals("document"));
    }
}
