package dev.stentor.web.connection;

import java.time.Duration;

/**
 * Limits of connections, whatever they carry.
 *
 * @param max open connections in all; 0 means no limit
 * @param maxByAddress open connections from one address; 0 means no limit. The loopback address has none: a proxy on this machine
 *     brings all its clients from there
 * @param maxStreams requests that one HTTP/2 connection may have open at a time; 0 means no limit
 * @param header time for the head of a request, from its first byte; zero means no limit
 * @param body time for the body of a request, from the end of its head; zero means no limit
 * @param idle time without a request, from the opening of the connection or the end of the last answer; zero means no limit
 */
public record ConnectionSettings(
        int max, int maxByAddress, int maxStreams, Duration header, Duration body, Duration idle) {

    public ConnectionSettings {
        requireNotNegative("max", max);
        requireNotNegative("maxByAddress", maxByAddress);
        requireNotNegative("maxStreams", maxStreams);
        requireNotNegative("header", header.toMillis());
        requireNotNegative("body", body.toMillis());
        requireNotNegative("idle", idle.toMillis());
    }

    private static void requireNotNegative(String name, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(name + " must not be negative, was " + value);
        }
    }
}
