package dev.stentor.trace;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Source of the traces of requests. Thread-safe. */
@FunctionalInterface
public interface TraceSource {

    /**
     * Returns the step that a request's own steps begin below. It is the sender's if the request names one (W3C Trace Context), and is
     * never ended here; else each step begins a trace.
     *
     * @param headers gives the value of a header; null if there is none
     */
    TraceSpan of(Function<String, @Nullable String> headers);
}
