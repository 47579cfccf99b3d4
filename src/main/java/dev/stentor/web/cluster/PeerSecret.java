package dev.stentor.web.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The secret that the nodes of a cluster share; who knows it is a node. Never shown. */
public final class PeerSecret {

    /** The fewest bytes of it: 128 bits. */
    private static final int LEAST_BYTES = 16;

    private final String value;

    /** Takes the secret; throws {@link IllegalArgumentException} if it has fewer than 128 bits. */
    public PeerSecret(String value) {
        if (bytes(value).length < LEAST_BYTES) {
            throw new IllegalArgumentException("the secret of a cluster has at least " + LEAST_BYTES + " bytes");
        }
        this.value = value;
    }

    /** Returns what a node shows. */
    String shown() {
        return value;
    }

    /** Tells whether somebody shows it. Takes as long whatever is shown. */
    boolean isShownBy(String shown) {
        return MessageDigest.isEqual(bytes(value), bytes(shown));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "PeerSecret[…]";
    }
}
