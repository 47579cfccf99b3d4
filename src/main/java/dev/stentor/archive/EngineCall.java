package dev.stentor.archive;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.util.context.Context;

/**
 * The call of the engine behind a flight. It asks for sound as it is wanted, a few buffers at a time. If nobody wants any for too
 * long, it asks for the rest, so that the service does not break off. Confined to the executor of its flight.
 */
final class EngineCall {

    /** How many buffers are asked for at once, however many are wanted. */
    private static final int ASKED_AT_ONCE = 32;

    private final Disposable.Swap watch = Disposables.swap();
    private final Disposable.Swap marks = Disposables.swap();
    private final Intake intake = new Intake();
    private final Archive archive;
    private final Speech speech;
    private final SpillBuffer buffer;
    private final Duration patience;
    private final Receiver receiver;
    private boolean begun;
    private boolean cancelled;
    private boolean over;
    private boolean draining;
    private long asked;
    private long quietSinceMillis;

    /** The flight that the call belongs to. Called on its executor. */
    interface Receiver {

        /** Runs the task on the executor; may be called from any thread. */
        void execute(Runnable task);

        /** Returns how many buffers are wanted. */
        long wanted();

        /** Tells whether sound that nobody wants can be kept somewhere. */
        boolean keeps();

        /** Tells whether anything has arrived yet. */
        boolean hasHeard();

        /** Takes note that a part of the text begins; comes before its sound. */
        void begun(SegmentMark mark);

        /** Takes note that the buffer has more sound. */
        void heard();

        /** Takes note that all sound has arrived. */
        void completed();

        /** Takes note that the sound broke off. */
        void failed(Throwable error);
    }

    /**
     * Creates a call that is not made yet.
     *
     * @param buffer the buffer for the sound
     * @param patience longest time in which nobody may want sound; then the rest is requested
     */
    EngineCall(Archive archive, Speech speech, SpillBuffer buffer, Duration patience, Receiver receiver) {
        this.archive = archive;
        this.speech = speech;
        this.buffer = buffer;
        this.patience = patience;
        this.receiver = receiver;
    }

    /**
     * Calls the engine; once.
     *
     * @param context what the engine is told besides the request: that of the first reader
     */
    void begin(Context context) {
        intake.context = context;
        quietSinceMillis = nowMillis();
        watchFor(patience);
        marks.update(speech.marks().subscribe(mark -> receiver.execute(() -> receiver.begun(mark)), _ -> {}));
        speech.audio().subscribe(intake);
    }

    /** Tells whether no more sound will come. */
    boolean isOver() {
        return over;
    }

    /** Asks the engine for what is wanted now and was not asked for yet. */
    void ask() {
        if (!begun || over) {
            return;
        }
        long toDrain = draining && receiver.keeps() ? 1 : 0;
        long wanted = Math.min(Math.max(receiver.wanted(), toDrain), ASKED_AT_ONCE);
        if (wanted > asked) {
            long more = wanted - asked;
            asked = wanted;
            intake.request(more);
        }
    }

    /** Cancels the call, since nobody hears it any more. Sound that was on its way is dropped. */
    void cancel() {
        cancelled = true;
        marks.dispose();
        watch.dispose();
        intake.cancel();
    }

    private void watchFor(Duration time) {
        watch.update(archive.time()
                .schedule(() -> receiver.execute(this::lookForDemand), time.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void lookForDemand() {
        if (over || draining || cancelled) {
            return;
        }
        Duration quiet = asked > 0 ? Duration.ZERO : Duration.ofMillis(nowMillis() - quietSinceMillis);
        if (quiet.compareTo(patience) < 0) {
            watchFor(patience.minus(quiet));
        } else if (!receiver.hasHeard()) {
            watchFor(patience); // it may be that nobody wants to
        } else {
            draining = true;
            archive.stats().drained();
            ask();
        }
    }

    private void heard(ByteBuffer sound) {
        if (cancelled) {
            return;
        }
        if (--asked == 0) {
            quietSinceMillis = nowMillis();
        }
        buffer.add(sound);
        receiver.heard();
    }

    private void completed() {
        if (!cancelled) {
            over = true;
            marks.dispose();
            watch.dispose();
            receiver.completed();
        }
    }

    private void failed(Throwable error) {
        over = true;
        marks.dispose();
        watch.dispose();
        receiver.failed(error);
    }

    private long nowMillis() {
        return archive.time().now(TimeUnit.MILLISECONDS);
    }

    /** Hands the engine's signals over to the executor. */
    private final class Intake extends BaseSubscriber<ByteBuffer> {

        private Context context = Context.empty();

        @Override
        public Context currentContext() {
            return context;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            receiver.execute(() -> {
                begun = true;
                ask();
            });
        }

        @Override
        protected void hookOnNext(ByteBuffer sound) {
            receiver.execute(() -> heard(sound));
        }

        @Override
        protected void hookOnComplete() {
            receiver.execute(EngineCall.this::completed);
        }

        @Override
        protected void hookOnError(Throwable error) {
            receiver.execute(() -> failed(error));
        }
    }
}
