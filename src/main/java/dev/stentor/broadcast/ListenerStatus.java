package dev.stentor.broadcast;

import org.jspecify.annotations.Nullable;

/**
 * A listener, as it stood at the time of asking.
 *
 * @param connection this connection's own name
 * @param client the client's id; null if it gave none
 * @param gaps how often it lost sound
 * @param skippedMillis how much it lost
 * @param report the latest; null before the first
 */
public record ListenerStatus(
        String connection,
        @Nullable String client,
        long gaps,
        long skippedMillis,
        @Nullable ListenerReport report) {}
