package dev.stentor.tracing;

import dev.stentor.trace.TraceKey;
import dev.stentor.trace.TraceSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A step as OpenTelemetry has it. Thread-safe. */
record OpenTelemetrySpan(Tracer tracer, Span span, Propagation propagation) implements TraceSpan {

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public TraceSpan child(String name) {
        Span child = tracer.spanBuilder(name).setParent(parent()).startSpan();
        return new OpenTelemetrySpan(tracer, child, propagation);
    }

    @Override
    public TraceSpan with(TraceKey key, @Nullable String value) {
        if (value != null) {
            var _ = span.setAttribute(key.attribute(), value);
        }
        return this;
    }

    @Override
    public TraceSpan with(TraceKey key, long value) {
        var _ = span.setAttribute(key.attribute(), value);
        return this;
    }

    @Override
    public void event(String name) {
        var _ = span.addEvent(name);
    }

    @Override
    public void failed(String code) {
        var _ = span.setStatus(StatusCode.ERROR, code);
    }

    @Override
    public void end() {
        span.end();
    }

    @Override
    public @Nullable String traceId() {
        SpanContext known = span.getSpanContext();
        return known.isValid() ? known.getTraceId() : null;
    }

    @Override
    public Map<String, String> headers() {
        return span.getSpanContext().isValid() ? propagation.headersOf(parent()) : Map.of();
    }

    private Context parent() {
        return span.storeInContext(Context.root());
    }
}
