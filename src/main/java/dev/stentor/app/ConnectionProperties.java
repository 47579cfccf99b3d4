package dev.stentor.app;

import dev.stentor.web.connection.ConnectionSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of connections, under {@code gateway.connections}. They hold before a request is understood, whatever it asks for.
 *
 * @param max open connections in all; default 20,000; 0 means no limit
 * @param maxByAddress open connections from one address; default 1,000; 0 means no limit; the loopback address has none
 * @param maxStreams requests that one HTTP/2 connection may have open at a time; default 100; 0 means no limit
 * @param header time for the head of a request, from its first byte; default 10 s; zero means no limit
 * @param body time for the body of a request, as a whole; default 60 s; zero means no limit
 * @param idle time that a connection may wait for its next request; default 60 s; zero means no limit
 */
record ConnectionProperties(
        @DefaultValue("20000") int max,
        @DefaultValue("1000") int maxByAddress,
        @DefaultValue("100") int maxStreams,
        @DefaultValue("10s") Duration header,
        @DefaultValue("60s") Duration body,
        @DefaultValue("60s") Duration idle) {

    ConnectionProperties {
        requireNotNegative("max", max);
        requireNotNegative("max-by-address", maxByAddress);
        requireNotNegative("max-streams", maxStreams);
        requireNotNegative("header", header.toMillis());
        requireNotNegative("body", body.toMillis());
        requireNotNegative("idle", idle.toMillis());
    }

    ConnectionSettings settings() {
        return new ConnectionSettings(max, maxByAddress, maxStreams, header, body, idle);
    }

    private static void requireNotNegative(String key, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("gateway.connections." + key + " must not be negative, was " + value);
        }
    }
}
