package dev.stentor.web.edge;

import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The link between the body of an answer and the stream behind it: when the answer ends, the stream is cancelled. Spring alone
 * does not ensure this. If a client disconnects just before the first write, that write fails, but nobody cancels the stream:
 * it would wait for demand for ever.
 */
public final class BodyStream {

    private BodyStream() {}

    /** Writes the stream. When the writing ends, for whatever reason, the stream is cancelled unless it has already ended. */
    public static <T> Mono<Void> write(Flux<T> stream, Function<Flux<T>, Mono<Void>> writing) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> over = Sinks.empty();
            return writing.apply(stream.takeUntilOther(over.asMono())).doFinally(_ -> over.tryEmitEmpty());
        });
    }
}
