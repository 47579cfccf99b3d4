package dev.stentor.app;

import dev.stentor.tracing.TracingSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Traces, under {@code gateway.tracing}.
 *
 * @param endpoint address that takes them as OTLP over HTTP, with its path; null means that there are none
 * @param headers headers of each request to it, which may hold a credential; default none
 * @param ratio share of the traces begun here that are kept, 0 to 1; default 1
 * @param queue ended steps that wait to be sent before more are dropped, must be positive; default 2,048
 * @param interval time between two sendings, must be positive; default 5 s
 */
record TracingProperties(
        @Nullable URI endpoint,
        @DefaultValue Map<String, String> headers,
        @DefaultValue("1") double ratio,
        @DefaultValue("2048") int queue,
        @DefaultValue("5s") Duration interval) {

    TracingProperties {
        try {
            var _ = new TracingSettings(
                    endpoint == null ? URI.create("http://localhost") : endpoint, headers, ratio, queue, interval);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("gateway.tracing." + wrong.getMessage());
        }
    }

    /** Returns the settings; null if there are no traces. */
    @Nullable TracingSettings settings() {
        return endpoint == null ? null : new TracingSettings(endpoint, headers, ratio, queue, interval);
    }

    /** Returns the values without the headers. */
    @Override
    public String toString() {
        return "TracingProperties[endpoint=" + endpoint + ", headers=" + headers.size() + ", ratio=" + ratio + "]";
    }
}
