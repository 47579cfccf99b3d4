package dev.stentor.access;

import java.net.URI;
import java.util.Set;

/**
 * Rule about the web pages that may use this gateway. Browsers let any page open a WebSocket, send a form and fetch a picture
 * anywhere, so the gateway itself must look at where a request comes from. Programs send no origin and pass.
 *
 * @param allowed further origins, such as {@code https://example.org}; the gateway's own pages may always, under any scheme
 */
public record OriginRule(Set<String> allowed) {

    /** Tells whether a request may pass: it comes from a program, from a page of ours, or from an allowed one. */
    boolean permits(PageOrigin page) {
        String origin = page.origin();
        if (origin == null) {
            return page.openedByLink() || !"cross-site".equals(page.site());
        }
        if (allowed.contains(origin)) {
            return true;
        }
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(page.host());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
