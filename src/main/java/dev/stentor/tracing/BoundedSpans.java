package dev.stentor.tracing;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The bound of ended steps that wait to be sent, before the processor that collects them: OpenTelemetry's own has one, but tells nobody
 * what it drops. Thread-safe.
 */
final class BoundedSpans implements SpanProcessor {

    private final AtomicInteger waiting = new AtomicInteger();
    private final int most;
    private final TraceStats stats;
    private final SpanProcessor collecting;

    /**
     * Creates the bound.
     *
     * @param most number of steps that may wait
     * @param exporter sends them
     * @param collecting makes the processor that hands steps over to the exporter that it gets
     */
    BoundedSpans(int most, TraceStats stats, SpanExporter exporter, Function<SpanExporter, SpanProcessor> collecting) {
        this.most = most;
        this.stats = stats;
        this.collecting = collecting.apply(new Counted(exporter));
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {
        collecting.onStart(parent, span);
    }

    @Override
    public boolean isStartRequired() {
        return collecting.isStartRequired();
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (!span.getSpanContext().isSampled()) {
            return;
        }
        if (waiting.incrementAndGet() > most) {
            var _ = waiting.decrementAndGet();
            stats.dropped();
        } else {
            collecting.onEnd(span);
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    @Override
    public CompletableResultCode shutdown() {
        return collecting.shutdown();
    }

    @Override
    public CompletableResultCode forceFlush() {
        return collecting.forceFlush();
    }

    /** An exporter that counts what it hands over to another one. */
    private final class Counted implements SpanExporter {

        private final SpanExporter exporter;

        Counted(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            int count = spans.size();
            var _ = waiting.addAndGet(-count);
            CompletableResultCode result = exporter.export(spans);
            return result.whenComplete(() -> {
                if (result.isSuccess()) {
                    stats.sent(count);
                } else {
                    stats.failed(count);
                }
            });
        }

        @Override
        public CompletableResultCode flush() {
            return exporter.flush();
        }

        @Override
        public CompletableResultCode shutdown() {
            return exporter.shutdown();
        }
    }
}
