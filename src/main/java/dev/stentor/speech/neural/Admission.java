package dev.stentor.speech.neural;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

/** The places of the texts that are spoken at once. Others wait in order, without a thread. Thread-safe. */
final class Admission {

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final SpeechFailure FULL = new SpeechFailure.Throttled(
            "Throttling",
            "The natural voice speaks as many texts at once as this machine can. Try again later.",
            RETRY);

    private final InstrumentedPool<String> places;
    private final int count;

    /**
     * Creates the places.
     *
     * @param waiting most texts that wait; 0 means that none does
     */
    Admission(int count, int waiting) {
        this.count = count;
        this.places = PoolBuilder.from(Mono.just("place"))
                .sizeBetween(0, count)
                .maxPendingAcquire(waiting)
                .buildPool();
    }

    /**
     * Emits when there is a place; what it emits gives the place back, and may be run more than once. Fails with a
     * {@link SpeechFailure.Throttled} if too many wait.
     */
    Mono<Runnable> enter() {
        return places.acquire()
                .onErrorMap(PoolAcquirePendingLimitException.class, full -> new SpeechException(FULL, full))
                .<Runnable>map(Place::new)
                .doOnDiscard(Place.class, Place::run);
    }

    /** Returns how many texts are spoken now. */
    int taken() {
        return places.metrics().acquiredSize();
    }

    /** Tells whether a text that comes now would have to wait. */
    boolean isFull() {
        return taken() >= count;
    }

    /** One place that is taken. */
    private static final class Place implements Runnable {

        private final PooledRef<String> place;
        private final AtomicBoolean left = new AtomicBoolean();

        Place(PooledRef<String> place) {
            this.place = place;
        }

        @Override
        public void run() {
            if (left.compareAndSet(false, true)) {
                place.release().subscribe();
            }
        }
    }
}
