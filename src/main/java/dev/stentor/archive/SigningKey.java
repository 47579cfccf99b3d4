package dev.stentor.archive;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret behind addresses and request keys: HMAC-SHA-256, with a key of its own for each purpose. Thread-safe. */
public final class SigningKey {

    /** Fewest characters of a configured key. */
    public static final int MIN_CHARACTERS = 16;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String FILE = "signing.key";
    private static final int BYTES = 32;

    private final byte[] key;

    private SigningKey(byte[] key) {
        this.key = key;
    }

    /** Returns the key that is configured: the words themselves. */
    public static SigningKey of(String words) {
        if (words.length() < MIN_CHARACTERS) {
            throw new IllegalArgumentException("a signing key needs " + MIN_CHARACTERS + " characters or more");
        }
        return new SigningKey(words.getBytes(UTF_8));
    }

    /**
     * Reads the folder's own key. It is made at random the first time, readable by its owner only, so that addresses stay good. Blocks.
     *
     * @throws IOException if it cannot be read or written, or is none; the message says which file
     */
    public static SigningKey in(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            Files.createDirectories(directory);
            make(file);
        }
        try {
            byte[] key =
                    Base64.getDecoder().decode(Files.readString(file, US_ASCII).strip());
            if (key.length == BYTES) {
                return new SigningKey(key);
            }
        } catch (IllegalArgumentException _) {
            // Said below.
        }
        throw new IOException(file + " holds no key; delete it to have one made, which ends all addresses given out");
    }

    /** Returns a signer for one purpose; its signatures do not hold for another. */
    Signer signer(String purpose) {
        return new Signer(mac(new Signer(mac(key)).sign(purpose.getBytes(UTF_8))));
    }

    /** Never shows the key. */
    @Override
    public String toString() {
        return "SigningKey";
    }

    private static void make(Path file) throws IOException {
        byte[] key = new byte[BYTES];
        new SecureRandom().nextBytes(key);
        Path part = file.resolveSibling(FILE + PartFile.SUFFIX);
        Files.deleteIfExists(part);
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (FileChannel channel =
                FileChannel.open(part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            ByteBuffer encoded = US_ASCII.encode(Base64.getEncoder().encodeToString(key) + "\n");
            while (encoded.hasRemaining()) {
                var _ = channel.write(encoded);
            }
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            // The first use loads classes, which must not happen on a thread that may not block.
            var _ = mac.doFinal(new byte[0]);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** A signer that copies a prepared code each time, since one code cannot be shared. Thread-safe. */
    static final class Signer {

        private final Mac prepared;

        private Signer(Mac prepared) {
            this.prepared = prepared;
        }

        byte[] sign(byte[] bytes) {
            try {
                return ((Mac) prepared.clone()).doFinal(bytes);
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("the JDK's own codes can be copied", e);
            }
        }
    }
}
