package dev.stentor.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** The SHA-256 of a key or a ticket, which is all that is kept of it. Compared in constant time. Immutable. */
final class SecretHash {

    private static final HexFormat HEX = HexFormat.of();
    private static final int BYTES = 32;

    private final byte[] digest;

    private SecretHash(byte[] digest) {
        this.digest = digest;
    }

    /** Hashes a secret. */
    static SecretHash of(String secret) {
        try {
            return new SecretHash(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Reads a hash from hexadecimal digits; throws {@link IllegalArgumentException}, without the digits, if it is none. */
    static SecretHash parse(String digits) {
        if (digits.length() != 2 * BYTES || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw new IllegalArgumentException("a SHA-256 has 64 hexadecimal digits");
        }
        return new SecretHash(HEX.parseHex(digits));
    }

    /** Returns the hash as hexadecimal digits. */
    String digits() {
        return HEX.formatHex(digest);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecretHash hash && MessageDigest.isEqual(digest, hash.digest);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(digest);
    }

    /** Returns no part of the hash. */
    @Override
    public String toString() {
        return "SecretHash[…]";
    }
}
