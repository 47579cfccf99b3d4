package dev.stentor.tracing;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * Where traces are sent to, and how many.
 *
 * @param endpoint address that takes traces as OTLP over HTTP, with its path
 * @param headers headers of each request to it, which may hold a credential
 * @param ratio share of the traces begun here that are kept, 0 to 1
 * @param queue most ended steps that wait to be sent; more are dropped
 * @param interval time between two sendings
 */
public record TracingSettings(URI endpoint, Map<String, String> headers, double ratio, int queue, Duration interval) {

    public TracingSettings {
        headers = Map.copyOf(headers);
        boolean web = "http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme());
        if (!web || endpoint.getHost() == null) {
            throw new IllegalArgumentException("endpoint must be http or https, with a host");
        }
        if (!(ratio >= 0 && ratio <= 1)) {
            throw new IllegalArgumentException("ratio must be 0 to 1, was " + ratio);
        }
        if (queue < 1) {
            throw new IllegalArgumentException("queue must be positive, was " + queue);
        }
        if (!interval.isPositive()) {
            throw new IllegalArgumentException("interval must be positive, was " + interval);
        }
    }

    /** Returns the values without the headers. */
    @Override
    public String toString() {
        return "TracingSettings[endpoint=" + endpoint + ", ratio=" + ratio + "]";
    }
}
