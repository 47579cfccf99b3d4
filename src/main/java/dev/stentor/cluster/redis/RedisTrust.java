package dev.stentor.cluster.redis;

import io.lettuce.core.SslOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import org.jspecify.annotations.Nullable;

/** The certificates by which a Redis is believed over TLS. */
final class RedisTrust {

    private RedisTrust() {}

    /**
     * Reads a file of certificates. Throws {@link IllegalArgumentException} if it has none.
     *
     * @param certificates file in PEM; null means that the JVM's certificates are good
     */
    static SslOptions options(@Nullable Path certificates) {
        SslOptions.Builder options = SslOptions.builder().jdkSslProvider();
        if (certificates != null) {
            check(certificates);
            options.trustManager(certificates.toFile());
        }
        return options.build();
    }

    private static void check(Path file) {
        String fault;
        try (InputStream content = Files.newInputStream(file)) {
            boolean hasNone = CertificateFactory.getInstance("X.509")
                    .generateCertificates(content)
                    .isEmpty();
            fault = hasNone ? "there is none in it" : "";
        } catch (IOException | CertificateException unreadable) {
            fault = unreadable.toString();
        }
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException(
                    "gateway.cluster.redis.certificates must be a file of certificates in PEM, was " + file + ": "
                            + fault);
        }
    }
}
