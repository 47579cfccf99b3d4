package dev.stentor.broadcast;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import reactor.core.publisher.MonoSink;

/**
 * The requests that wait until all players have told where a clear silenced them. Confined to the clock's thread, but for {@link
 * #isAwaited}.
 */
final class CutReports {

    private final Supplier<Stream<ListenerStatus>> listeners;
    private final List<Request> waiting = new ArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();

    /** A request that waits for one generation. */
    private record Request(int generation, MonoSink<Void> sink) {}

    /** @param listeners the figures of each listener, as they stand */
    CutReports(Supplier<Stream<ListenerStatus>> listeners) {
        this.listeners = listeners;
    }

    /** Completes the sink when each player has told where it fell silent, or has left. */
    void await(int generation, MonoSink<Void> sink) {
        requests.incrementAndGet(); // before the look: no report is missed in between
        waiting.add(new Request(generation, sink));
        look();
    }

    /** Forgets a request that was cancelled or has been completed. */
    void forget(MonoSink<Void> sink) {
        if (waiting.removeIf(request -> request.sink().equals(sink))) {
            requests.decrementAndGet();
        }
    }

    /** Tells whether anybody waits; from any thread. */
    boolean isAwaited() {
        return requests.get() > 0;
    }

    /** Completes all requests that wait for nothing any more; to be called after a report, and when a listener has left. */
    void look() {
        for (Request request : List.copyOf(waiting)) {
            if (listeners.get().noneMatch(listener -> listener.owesCut(request.generation()))) {
                complete(request);
            }
        }
    }

    /** Completes all requests: no report will come any more. */
    void close() {
        List.copyOf(waiting).forEach(this::complete);
    }

    private void complete(Request request) {
        forget(request.sink());
        request.sink().success();
    }
}
