package dev.stentor.web.edge;

import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A stream that is the body of an answer, and ends with it. Left to Spring it does not always: a client that leaves just before the
 * first write fails that write, and nobody cancels the stream, which then waits for ever for somebody to ask for more.
 */
public final class BodyStream {

    private BodyStream() {}

    /** Writes it; however that ends, the stream is cancelled if it has not ended. */
    public static <T> Mono<Void> write(Flux<T> stream, Function<Flux<T>, Mono<Void>> writing) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> over = Sinks.empty();
            return writing.apply(stream.takeUntilOther(over.asMono())).doFinally(_ -> over.tryEmitEmpty());
        });
    }
}
