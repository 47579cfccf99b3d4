package dev.stentor.cluster.redis;

import dev.stentor.testing.SecureLoopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/**
 * A certificate of {@code localhost} that is valid for one day, and its key, as files in PEM.
 *
 * @param certificate file with the certificate
 * @param key file with the key
 */
record PemFiles(Path certificate, Path key) {

    /** Creates both in a folder. Takes about a second. */
    static PemFiles create(Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        Path file = folder.resolve("keys.p12");
        var _ = SecureLoopback.create(file);
        char[] password = SecureLoopback.PASSWORD.toCharArray();
        KeyStore keys = KeyStore.getInstance(file.toFile(), password);
        String name = keys.aliases().nextElement();
        return new PemFiles(
                write(
                        folder.resolve("certificate.pem"),
                        "CERTIFICATE",
                        keys.getCertificate(name).getEncoded()),
                write(
                        folder.resolve("key.pem"),
                        "PRIVATE KEY",
                        keys.getKey(name, password).getEncoded()));
    }

    private static Path write(Path file, String type, byte[] content) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + lines + "\n-----END " + type + "-----\n");
    }
}
