package dev.stentor.cluster.redis;

import io.lettuce.core.SslOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** The certificates by which a Redis is believed over TLS. They are read once, since connections are made on event loops. */
final class RedisTrust {

    private RedisTrust() {}

    /**
     * Reads certificates. Throws {@link IllegalArgumentException} if there are none.
     *
     * @param file file in PEM; null means those of the JVM
     */
    static SslOptions options(@Nullable Path file) {
        try {
            var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trusted.init(file == null ? null : read(file));
            return SslOptions.builder().jdkSslProvider().trustManager(trusted).build();
        } catch (IOException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(
                    "gateway.cluster.redis.certificates must be a file of certificates in PEM, was " + file + ": "
                            + unreadable);
        }
    }

    private static KeyStore read(Path file) throws IOException, GeneralSecurityException {
        KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null, null);
        Collection<? extends Certificate> certificates;
        try (InputStream content = Files.newInputStream(file)) {
            certificates = CertificateFactory.getInstance("X.509").generateCertificates(content);
        }
        int number = 0;
        for (Certificate certificate : certificates) {
            known.setCertificateEntry("redis-" + number++, certificate);
        }
        if (number == 0) {
            throw new IOException("it holds none");
        }
        return known;
    }
}
