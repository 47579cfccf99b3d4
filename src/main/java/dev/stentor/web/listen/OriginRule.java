package dev.stentor.web.listen;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule for which web pages may listen. Browsers let any page open a WebSocket anywhere, so the gateway itself must look at
 * the page's origin. Programs send no origin, and may listen.
 *
 * @param allowed further origins, such as {@code https://example.org}; the gateway's own pages may always
 */
public record OriginRule(Set<String> allowed) {

    /**
     * Tells whether a page of that origin, asking the given host, may listen.
     *
     * @param site the browser's {@code Sec-Fetch-Site}, which it also sends with requests that carry no origin, such as those
     *     of {@code <audio>}
     */
    boolean permits(@Nullable String origin, @Nullable String host, @Nullable String site) {
        if (origin == null) {
            return !"cross-site".equals(site);
        }
        if (allowed.contains(origin)) {
            return true;
        }
        try {
            return host != null && host.equals(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
