package dev.stentor.channel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Work of which one piece at a time is done for each channel; others wait for their turn. Thread-safe. */
final class OneByOne {

    private final Map<ChannelName, Sinks.Empty<Void>> running = new ConcurrentHashMap<>();

    /** Emits the result of a piece of work, which is asked for once no other one of that channel is being done. */
    <T> Mono<T> run(ChannelName name, Supplier<Mono<T>> work) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> over = Sinks.empty();
            Sinks.Empty<Void> other = running.putIfAbsent(name, over);
            if (other != null) {
                return other.asMono().then(run(name, work));
            }
            return Mono.defer(work).doFinally(_ -> {
                running.remove(name, over);
                var _ = over.tryEmitEmpty();
            });
        });
    }
}
