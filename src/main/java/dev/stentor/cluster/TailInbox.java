package dev.stentor.cluster;

import dev.stentor.clock.TickClock;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import reactor.core.publisher.BaseSubscriber;

/**
 * The way of live entries to the clock's thread. It holds a limited number of them; what comes beyond that is dropped, and the tail will
 * fetch it. Thread-safe.
 */
final class TailInbox extends BaseSubscriber<TailSignal> {

    private final TickClock clock;
    private final int most;
    private final Consumer<TailSignal> tail;
    private final AtomicInteger held = new AtomicInteger();

    TailInbox(TickClock clock, int most, Consumer<TailSignal> tail) {
        this.clock = clock;
        this.most = most;
        this.tail = tail;
    }

    @Override
    protected void hookOnNext(TailSignal signal) {
        boolean mustArrive = signal instanceof TailSignal.Subscribed;
        if (held.incrementAndGet() > most && !mustArrive) {
            held.decrementAndGet();
            return;
        }
        clock.execute(() -> {
            held.decrementAndGet();
            tail.accept(signal);
        });
    }

    /** The adapter was closed: the node is about to end. */
    @Override
    protected void hookOnError(Throwable failed) {}
}
