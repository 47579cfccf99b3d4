package dev.stentor.web.edge;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRequest;

/** Where the outside world finds this gateway: for addresses that leave it. Immutable, thread-safe. */
public final class PublicAddress {

    private final @Nullable URI configured;

    /**
     * As configured.
     *
     * @param configured scheme, authority and, where a proxy adds one, a path; null means what each request was sent to
     */
    public PublicAddress(@Nullable URI configured) {
        if (configured != null && (!configured.isAbsolute() || configured.getRawAuthority() == null)) {
            throw new IllegalArgumentException("a public address needs a scheme and a host, was " + configured);
        }
        this.configured = configured;
    }

    /** The absolute address of something on this gateway; {@code pathAndQuery} begins with a slash and is encoded. */
    public URI of(HttpRequest request, String pathAndQuery) {
        URI base = configured == null ? request.getURI() : configured;
        String path = configured == null || base.getRawPath() == null
                ? ""
                : base.getRawPath().replaceFirst("/+$", "");
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + pathAndQuery);
    }
}
