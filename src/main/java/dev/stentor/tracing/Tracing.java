package dev.stentor.tracing;

import dev.stentor.trace.TraceSource;
import dev.stentor.trace.TraceSpan;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Traces that are sent over OTLP, by a thread of OpenTelemetry. Thread-safe. */
public final class Tracing implements TraceSource, AutoCloseable {

    private static final AttributeKey<String> SERVICE = AttributeKey.stringKey("service.name");
    private static final Duration LAST_SENDING = Duration.ofSeconds(3);
    /** Longest time for one request to the receiver, all attempts together. */
    private static final Duration SENDING = Duration.ofSeconds(10);
    /** Most steps in one request. */
    private static final int AT_ONCE = 512;

    private final SdkTracerProvider provider;
    private final Tracer tracer;
    private final Propagation propagation = new Propagation();

    /**
     * Begins to collect and send.
     *
     * @param service name of this service in the traces
     */
    public Tracing(TracingSettings settings, String service, TraceStats stats) {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint().toString())
                .setTimeout(SENDING)
                .setHeaders(settings::headers)
                .build();
        provider = SdkTracerProvider.builder()
                .setResource(Resource.create(Attributes.of(SERVICE, service)))
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.ratio())))
                .addSpanProcessor(
                        new BoundedSpans(settings.queue(), stats, exporter, counted -> collecting(settings, counted)))
                .build();
        tracer = provider.get("dev.stentor");
    }

    private static SpanProcessor collecting(TracingSettings settings, SpanExporter exporter) {
        return BatchSpanProcessor.builder(exporter)
                .setMaxQueueSize(2 * settings.queue()) // never full: it is bounded before
                .setMaxExportBatchSize(Math.min(AT_ONCE, settings.queue()))
                .setScheduleDelay(settings.interval())
                .setExporterTimeout(SENDING)
                .build();
    }

    @Override
    public TraceSpan of(Function<String, @Nullable String> headers) {
        return new OpenTelemetrySpan(tracer, Span.fromContext(propagation.of(headers)), propagation);
    }

    /** Sends what waits, for a few seconds at most, and ends. */
    @Override
    public void close() {
        var _ = provider.shutdown().join(LAST_SENDING.toMillis(), TimeUnit.MILLISECONDS);
    }
}
