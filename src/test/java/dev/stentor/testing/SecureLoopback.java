package dev.stentor.testing;

import static java.util.Objects.requireNonNull;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS between the two ends of a test, with a new certificate by the running JDK's {@code keytool} that is valid for one day.
 *
 * @param server context of Netty's end
 * @param client context of the reader's end, which trusts that certificate only
 */
public record SecureLoopback(SslContext server, SSLContext client) {

    private static final String NAME = "loopback";
    /** Password of the file with the keys. */
    public static final String PASSWORD = "only-for-a-test";

    /** Creates both ends with a new key. Takes about a second. */
    public static SecureLoopback create() throws IOException, GeneralSecurityException, InterruptedException {
        Path folder = Files.createTempDirectory("stentor-tls");
        Path file = folder.resolve("keys.p12");
        try {
            return create(file);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    /** Creates both ends with a new key, which is left in a file of the type PKCS #12. */
    public static SecureLoopback create(Path file) throws IOException, GeneralSecurityException, InterruptedException {
        generate(file);
        return of(KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray()));
    }

    private static SecureLoopback of(KeyStore keys) throws IOException, GeneralSecurityException {
        var own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD.toCharArray());
        KeyStore known = KeyStore.getInstance(KeyStore.getDefaultType());
        known.load(null, null);
        known.setCertificateEntry(NAME, keys.getCertificate(NAME));
        var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(known);
        var client = SSLContext.getInstance("TLS");
        client.init(null, trusted.getTrustManagers(), null);
        return new SecureLoopback(SslContextBuilder.forServer(own).build(), client);
    }

    private static void generate(Path file) throws IOException, InterruptedException {
        String keytool = Path.of(requireNonNull(System.getProperty("java.home")), "bin", "keytool")
                .toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        NAME,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (made.waitFor() != 0) {
            throw new IOException("keytool ended with " + made.exitValue());
        }
    }
}
