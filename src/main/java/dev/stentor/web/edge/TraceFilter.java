package dev.stentor.web.edge;

import dev.stentor.trace.TraceSource;
import dev.stentor.trace.TraceSpan;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * A filter that puts the trace of a request into the Reactor context: that of its sender, if it names one, else a new one for each thing
 * that is done. Thread-safe.
 */
public final class TraceFilter implements WebFilter {

    private final TraceSource traces;

    /** Creates the filter. */
    public TraceFilter(TraceSource traces) {
        this.traces = traces;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        TraceSpan span = traces.of(exchange.getRequest().getHeaders()::getFirst);
        Mono<Void> answered = chain.filter(exchange);
        return span.isOn() ? answered.contextWrite(span::putIn) : answered;
    }
}
