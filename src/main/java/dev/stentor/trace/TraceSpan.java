package dev.stentor.trace;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * One step of work in a trace, from {@link #child} to {@link #end}. What is done for it finds it in the Reactor context, under this
 * class. Without tracing it is {@link #NONE}, which costs nothing. Thread-safe; no method blocks.
 */
public interface TraceSpan {

    /** Step of which nothing is told, and nothing below it. */
    TraceSpan NONE = new TraceSpan() {};

    /** Returns the step that a subscription belongs to; {@link #NONE} if there is none. */
    static TraceSpan in(ContextView context) {
        return Objects.requireNonNullElse(context.getOrDefault(TraceSpan.class, NONE), NONE);
    }

    /** Returns the context with this step in it. */
    default Context putIn(Context context) {
        return isOn() ? context.put(TraceSpan.class, this) : context;
    }

    /** Tells whether anything is told of it. */
    default boolean isOn() {
        return false;
    }

    /** Begins a step below this one now. */
    default TraceSpan child(String name) {
        return this;
    }

    /** Tells a value; null tells nothing. */
    default TraceSpan with(TraceKey key, @Nullable String value) {
        return this;
    }

    /** Tells a number. */
    default TraceSpan with(TraceKey key, long value) {
        return this;
    }

    /** Tells that something has happened now. */
    default void event(String name) {}

    /** Tells that the step has failed, by a code that holds no text of a user. */
    default void failed(String code) {}

    /** Ends it now; what is told later is dropped. */
    default void end() {}

    /** Returns the id of the trace for the log; null if nothing is told. */
    default @Nullable String traceId() {
        return null;
    }

    /** Returns the headers by which another service goes on with the trace (W3C Trace Context); none if nothing is told. */
    default Map<String, String> headers() {
        return Map.of();
    }
}
