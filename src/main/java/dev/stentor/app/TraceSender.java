package dev.stentor.app;

import dev.stentor.trace.TraceSource;
import dev.stentor.trace.TraceSpan;
import dev.stentor.tracing.TraceStats;
import dev.stentor.tracing.Tracing;
import dev.stentor.tracing.TracingSettings;
import org.jspecify.annotations.Nullable;

/**
 * The source of traces, which sends them if an address is configured. Without one there is no exporter and no thread.
 *
 * @param sending sends them; null if there are none
 */
record TraceSender(@Nullable Tracing sending) implements AutoCloseable {

    /** Creates it from the settings; null means none. */
    static TraceSender of(@Nullable TracingSettings settings, TraceStats stats) {
        return new TraceSender(settings == null ? null : new Tracing(settings, "stentor", stats));
    }

    TraceSource source() {
        return sending == null ? _ -> TraceSpan.NONE : sending;
    }

    @Override
    public void close() {
        if (sending != null) {
            sending.close();
        }
    }
}
