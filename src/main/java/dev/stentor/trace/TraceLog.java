package dev.stentor.trace;

import org.slf4j.spi.LoggingEventBuilder;

/** Link from a line of the log to the trace. */
public final class TraceLog {

    private TraceLog() {}

    /** Returns the line with the id of the step's trace, if it has one. */
    public static LoggingEventBuilder in(TraceSpan span, LoggingEventBuilder line) {
        String id = span.traceId();
        return id == null ? line : line.addKeyValue("trace.id", id);
    }
}
