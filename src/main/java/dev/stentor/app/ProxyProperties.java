package dev.stentor.app;

import dev.stentor.web.connection.TrustedProxies;
import java.util.List;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Proxies before the gateway, under {@code gateway.proxies}.
 *
 * @param trusted addresses and networks of proxies whose headers are believed; default none
 * @param header family of headers in which they tell of their clients: x-forwarded or forwarded; default x-forwarded
 */
record ProxyProperties(
        @DefaultValue List<String> trusted,
        @DefaultValue("x-forwarded") TrustedProxies.Header header) {

    ProxyProperties {
        try {
            var _ = new TrustedProxies(trusted, header);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("gateway.proxies.trusted: " + e.getMessage());
        }
    }

    TrustedProxies proxies() {
        return new TrustedProxies(trusted, header);
    }
}
