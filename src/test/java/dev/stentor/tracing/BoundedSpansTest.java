package dev.stentor.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedSpansTest {

    private final List<String> told = new ArrayList<>();
    private CompletableResultCode answer = CompletableResultCode.ofSuccess();

    private final TraceStats stats = new TraceStats() {
        @Override
        public void sent(int steps) {
            told.add("sent " + steps);
        }

        @Override
        public void failed(int steps) {
            told.add("failed " + steps);
        }

        @Override
        public void dropped() {
            told.add("dropped");
        }
    };

    private final SpanExporter exporter = new SpanExporter() {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return answer;
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    };

    private final SdkTracerProvider traces = SdkTracerProvider.builder()
            .addSpanProcessor(new BoundedSpans(2, stats, exporter, Held::new))
            .build();

    @AfterEach
    void end() {
        traces.close();
    }

    @Test
    void whatIsOverTheBoundIsDroppedAndCounted() {
        end(3);
        assertThat(told).containsExactly("dropped");
        assertThat(traces.forceFlush().isSuccess()).isTrue();
        end(2);
        assertThat(told).as("there is room again").containsExactly("dropped", "sent 2");
    }

    @Test
    void whatCannotBeSentIsCounted() {
        answer = CompletableResultCode.ofFailure();
        end(1);
        assertThat(traces.forceFlush().isSuccess()).isFalse();
        assertThat(told).containsExactly("failed 1");
    }

    private void end(int count) {
        for (int i = 0; i < count; i++) {
            traces.get("test").spanBuilder("step").startSpan().end();
        }
    }

    /** A processor that hands steps on when it is told to, as the real one does from time to time. */
    private static final class Held implements SpanProcessor {

        private final List<SpanData> ended = new ArrayList<>();
        private final SpanExporter exporter;

        Held(SpanExporter exporter) {
            this.exporter = exporter;
        }

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {}

        @Override
        public boolean isStartRequired() {
            return false;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            ended.add(span.toSpanData());
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }

        @Override
        public CompletableResultCode forceFlush() {
            List<SpanData> all = List.copyOf(ended);
            ended.clear();
            return exporter.export(all);
        }
    }
}
