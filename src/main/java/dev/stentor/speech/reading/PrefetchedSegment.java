package dev.stentor.speech.reading;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Remedy;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;

/**
 * A segment that is fetched before it is heard. Its sound is held until then, and it is spoken again if it breaks off meanwhile; once it is
 * heard, sound is handed on as it comes. Its source is asked for a buffer at a time, and for none while too much is held.
 *
 * <p>Thread-safe: the source's thread, the listener's and a canceller's meet here, by compare-and-set alone.
 */
final class PrefetchedSegment implements Disposable {

    /** Most sound that is held before the segment is heard: three minutes, more than any segment has, so that an endless one is bounded. */
    private static final long MOST_UNHEARD_BYTES = 8 << 20;
    /** Most sound that is held while the segment is heard: a good second; then the listener's demand reaches the source. */
    private static final long MOST_HEARD_BYTES = 64 << 10;

    private static final int MOST_ATTEMPTS = 3;

    private enum State {
        UNHEARD,
        HEARD,
        GIVEN_UP
    }

    private final Supplier<Speech> speak;
    private final Context context;
    private final Disposable.Swap running = Disposables.swap();
    private final AtomicReference<Attempt> attempt = new AtomicReference<>();
    private final AtomicBoolean wanted = new AtomicBoolean();
    private final Sinks.One<Attempt> taken = Sinks.one();
    private final AtomicInteger attempts = new AtomicInteger();

    /** @param context what the engine is told besides the request */
    PrefetchedSegment(Supplier<Speech> speak, Context context) {
        this.speak = speak;
        this.context = context;
    }

    /** Begins to fetch; once. */
    void begin() {
        attempts.incrementAndGet();
        var next = new Attempt(speak.get());
        attempt.set(next);
        running.update(next);
        next.speech.audio().subscribe(next);
        join();
    }

    /** Returns the sound that is held, and then the sound to come. To be subscribed to once; if it is cancelled, the owner disposes. */
    Flux<ByteBuffer> sound() {
        return Mono.fromRunnable(() -> {
                    wanted.set(true);
                    join();
                })
                .then(taken.asMono())
                .flatMapMany(Attempt::sound);
    }

    /** Returns the receipt of the attempt that is heard; empty if nothing was begun. */
    Mono<Receipt> receipt() {
        return Mono.defer(() -> {
            Attempt last = attempt.get();
            return last == null ? Mono.empty() : last.speech.receipt();
        });
    }

    /** Takes the next mark that was told of the sound that is heard; null if there is none by now. */
    @Nullable SegmentMark nextMark() {
        Attempt heard = attempt.get();
        return heard == null ? null : heard.marks.poll();
    }

    @Override
    public void dispose() {
        running.dispose();
    }

    @Override
    public boolean isDisposed() {
        return running.isDisposed();
    }

    /** Joins the listener and the attempt. Both call it; the second call takes effect. */
    private void join() {
        Attempt last = attempt.get();
        if (wanted.get() && last.state.compareAndSet(State.UNHEARD, State.HEARD)) {
            taken.tryEmitValue(last).orThrow();
            last.more();
        }
    }

    /** One attempt to speak the segment. */
    private final class Attempt extends BaseSubscriber<ByteBuffer> {

        private final Speech speech;
        private final ToldMarks marks;
        private final AtomicReference<State> state = new AtomicReference<>(State.UNHEARD);
        private final Sinks.Many<ByteBuffer> held = Sinks.many().unicast().onBackpressureBuffer();
        private final AtomicLong heldBytes = new AtomicLong();
        /** Whether a buffer is on its way; set at first, since nothing can be asked for before there is a subscription. */
        private final AtomicBoolean asked = new AtomicBoolean(true);

        Attempt(Speech speech) {
            this.speech = speech;
            this.marks = ToldMarks.of(speech);
        }

        Flux<ByteBuffer> sound() {
            return held.asFlux().doOnNext(buffer -> {
                heldBytes.addAndGet(-buffer.remaining());
                more();
            });
        }

        /** Asks for one more buffer, if none is on its way and not too much is held. */
        void more() {
            long most = state.get() == State.UNHEARD ? MOST_UNHEARD_BYTES : MOST_HEARD_BYTES;
            if (heldBytes.get() < most && asked.compareAndSet(false, true)) {
                request(1);
            }
        }

        @Override
        public Context currentContext() {
            return context;
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
        protected void hookFinally(SignalType type) {
            marks.dispose();
        }

        @Override
        protected void hookOnComplete() {
            held.tryEmitComplete();
        }

        /** Tries again if nobody has heard any of it, since then it may be another sound; not if nothing came: that was tried below. */
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

        /** Fails without the sound that is held: a listener who goes on from this segment's mark hears all of it, and nothing twice. */
        private void fail(Throwable error) {
            var silent = new Attempt(speech);
            silent.held.tryEmitError(error);
            attempt.set(silent);
            join();
        }
    }
}
