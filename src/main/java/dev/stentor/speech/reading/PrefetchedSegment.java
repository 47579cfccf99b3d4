package dev.stentor.speech.reading;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Remedy;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A segment that is fetched before it is its turn: held while nobody hears it, spoken anew if it breaks off meanwhile; handed on as
 * it comes from the moment on at which it is heard. Its source is asked for a buffer at a time, and for none while too much is held.
 *
 * <p>Thread-safe: the source's thread, the listener's and a canceller's meet here, by compare-and-set alone.
 */
final class PrefetchedSegment implements Disposable {

    /** Three minutes of sound: more than any segment has, so that one which never ends is bounded as well. */
    private static final long MOST_UNHEARD_BYTES = 8 << 20;
    /** A good second: the listener's demand reaches the source from here on. */
    private static final long MOST_HEARD_BYTES = 64 << 10;

    private static final int MOST_ATTEMPTS = 3;

    private enum State {
        UNHEARD,
        HEARD,
        GIVEN_UP
    }

    private final Supplier<Speech> speak;
    private final Disposable.Swap running = Disposables.swap();
    private final AtomicReference<Attempt> attempt = new AtomicReference<>();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final Sinks.One<Attempt> taken = Sinks.one();
    private final AtomicInteger attempts = new AtomicInteger();

    PrefetchedSegment(Supplier<Speech> speak) {
        this.speak = speak;
    }

    /** Once. */
    void begin() {
        attempts.incrementAndGet();
        var next = new Attempt(speak.get());
        attempt.set(next);
        running.update(next);
        next.speech.audio().subscribe(next);
        hand();
    }

    /** What is held, and then what comes. To be subscribed to once; its owner disposes of it when that is cancelled. */
    Flux<ByteBuffer> sound() {
        return Mono.fromRunnable(() -> {
                    wanted.set(true);
                    hand();
                })
                .then(taken.asMono())
                .flatMapMany(Attempt::sound);
    }

    /** That of the attempt that is heard; none if it was cancelled before. */
    Mono<Receipt> receipt() {
        return Mono.defer(() -> {
            Attempt last = attempt.get();
            return last == null ? Mono.empty() : last.speech.receipt();
        });
    }

    @Override
    public void dispose() {
        running.dispose();
    }

    @Override
    public boolean isDisposed() {
        return running.isDisposed();
    }

    /** Called by whoever comes second, the listener or the attempt; both call it. */
    private void hand() {
        Attempt last = attempt.get();
        if (wanted.get() && last.state.compareAndSet(State.UNHEARD, State.HEARD)) {
            taken.tryEmitValue(last).orThrow();
            last.more();
        }
    }

    /** One speech of the segment. */
    private final class Attempt extends BaseSubscriber<ByteBuffer> {

        private final Speech speech;
        private final AtomicReference<State> state = new AtomicReference<>(State.UNHEARD);
        private final Sinks.Many<ByteBuffer> held = Sinks.many().unicast().onBackpressureBuffer();
        private final AtomicLong heldBytes = new AtomicLong();
        /** Nothing can be asked for before there is a subscription. */
        private final AtomicBoolean asked = new AtomicBoolean(true);

        Attempt(Speech speech) {
            this.speech = speech;
        }

        Flux<ByteBuffer> sound() {
            return held.asFlux().doOnNext(buffer -> {
                heldBytes.addAndGet(-buffer.remaining());
                more();
            });
        }

        /** Asks for one more buffer, if none is on its way and there is room for it. */
        void more() {
            long most = state.get() == State.UNHEARD ? MOST_UNHEARD_BYTES : MOST_HEARD_BYTES;
            if (heldBytes.get() < most && asked.compareAndSet(false, true)) {
                request(1);
            }
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            asked.set(false);
            more();
        }

        @Override
        protected void hookOnNext(ByteBuffer buffer) {
            heldBytes.addAndGet(buffer.remaining());
            asked.set(false);
            held.tryEmitNext(buffer);
            more();
        }

        @Override
        protected void hookOnComplete() {
            held.tryEmitComplete();
        }

        /** Before anything came, those below have tried what they could; and what nobody heard may be another sound. */
        @Override
        protected void hookOnError(Throwable error) {
            if (!state.compareAndSet(State.UNHEARD, State.GIVEN_UP)) {
                held.tryEmitError(error);
            } else if (mayHelp(error)) {
                begin();
            } else {
                fail(error);
            }
        }

        private boolean mayHelp(Throwable error) {
            return heldBytes.get() > 0
                    && error instanceof SpeechException failed
                    && Remedy.of(failed.failure()) == Remedy.AGAIN
                    && attempts.get() < MOST_ATTEMPTS
                    && !running.isDisposed();
        }

        /** Without the sound before it: who goes on from this segment's mark will hear all of it, and nothing twice. */
        private void fail(Throwable error) {
            var silent = new Attempt(speech);
            silent.held.tryEmitError(error);
            attempt.set(silent);
            hand();
        }
    }
}
