package dev.stentor.broadcast;

import java.nio.ByteBuffer;

/** An entry of another node, read from the form in which entries travel. Immutable. */
public final class FedEntry {

    private final RelayedEntry told;

    private FedEntry(RelayedEntry told) {
        this.told = told;
    }

    /**
     * Reads an entry; from any thread. The bytes are not moved, and belong to the entry from then on.
     *
     * @throws IllegalArgumentException if this gateway cannot read it
     */
    public static FedEntry read(ByteBuffer body) {
        try {
            return new FedEntry(RelayBytes.read(body));
        } catch (RelayBytes.Unreadable unreadable) {
            throw new IllegalArgumentException(unreadable.getMessage(), unreadable);
        }
    }

    RelayedEntry told() {
        return told;
    }
}
