package dev.stentor.web.edge;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRequest;

/** The base URL under which clients reach this gateway, used in addresses that it gives out. Immutable, thread-safe. */
public final class PublicAddress {

    private final @Nullable URI configured;

    /**
     * Creates the address.
     *
     * @param configured scheme, authority and, if a proxy adds one, a path; null means the address that each request was sent to
     */
    public PublicAddress(@Nullable URI configured) {
        if (configured != null && (!configured.isAbsolute() || configured.getRawAuthority() == null)) {
            throw new IllegalArgumentException("a public address needs a scheme and a host, was " + configured);
        }
        this.configured = configured;
    }

    /**
     * Returns the absolute address of a resource on this gateway; {@code pathAndQuery} begins with a slash and is already
     * encoded.
     */
    URI of(HttpRequest request, String pathAndQuery) {
        URI base = configured == null ? request.getURI() : configured;
        String path = configured == null || base.getRawPath() == null
                ? ""
                : base.getRawPath().replaceFirst("/+$", "");
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + pathAndQuery);
    }
}
