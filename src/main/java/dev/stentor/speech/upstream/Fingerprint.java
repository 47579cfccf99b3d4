package dev.stentor.speech.upstream;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * A short digest of sound that was delivered, by which the same samples are known when they come again. A digest of everything decides;
 * before that, a digest after each whole block shows early that it is another sound. Confined to a subscription.
 */
final class Fingerprint {

    /** Size of a block: a fifth of a second. */
    private static final int BLOCK_BYTES = 9_600;

    private final MessageDigest digest = sha256();
    private final List<Long> beginnings = new ArrayList<>();
    private long bytes;

    /** Returns how many bytes it covers. */
    long bytes() {
        return bytes;
    }

    /** Adds sound; the buffer is not moved. */
    void add(ByteBuffer sound) {
        ByteBuffer rest = sound.duplicate();
        int end = rest.limit();
        while (rest.position() < end) {
            int length = (int) Math.min(BLOCK_BYTES - bytes % BLOCK_BYTES, end - rest.position());
            digest.update(rest.limit(rest.position() + length));
            bytes += length;
            if (bytes % BLOCK_BYTES == 0) {
                beginnings.add(ByteBuffer.wrap(value()).getLong());
            }
        }
    }

    /** Tells whether this may be the beginning of {@code whole}, which is not shorter; certain if it is as long. */
    boolean agreesWith(Fingerprint whole) {
        int blocks = beginnings.size();
        return (blocks == 0 || beginnings.getLast().equals(whole.beginnings.get(blocks - 1)))
                && (bytes < whole.bytes || MessageDigest.isEqual(value(), whole.value()));
    }

    private byte[] value() {
        try {
            return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) { // every Java platform has it
            throw new IllegalStateException(impossible);
        }
    }
}
