package dev.stentor.tracing;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The way of a trace from one service to the next: the headers of W3C Trace Context. Immutable, thread-safe. */
final class Propagation {

    private static final TextMapGetter<Function<String, @Nullable String>> READING = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Function<String, @Nullable String> headers) {
            return List.of();
        }

        @Override
        public @Nullable String get(@Nullable Function<String, @Nullable String> headers, String name) {
            return headers == null ? null : headers.apply(name);
        }
    };

    private final W3CTraceContextPropagator format = W3CTraceContextPropagator.getInstance();

    /** Returns the context that a request's headers name; that of no trace if they name none, or a malformed one. */
    Context of(Function<String, @Nullable String> headers) {
        return format.extract(Context.root(), headers, READING);
    }

    /** Returns the headers that name the step in a context. */
    Map<String, String> headersOf(Context step) {
        var headers = new HashMap<String, String>();
        format.inject(
                step, headers, (all, name, value) -> Objects.requireNonNull(all).put(name, value));
        return Map.copyOf(headers);
    }
}
