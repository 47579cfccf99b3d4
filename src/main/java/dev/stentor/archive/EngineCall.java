package dev.stentor.archive;

import dev.stentor.speech.Speech;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;

/**
 * The call of the engine behind a flight: asks for sound as it is wanted, a few buffers at a time. If nobody wants any for too long, it
 * asks for the rest, so that the service does not break it off. Confined to the mailbox of who hears it.
 */
final class EngineCall {

    /** How many buffers are asked for at once, however many are wanted. */
    private static final int ASKED_AT_ONCE = 32;

    private final Disposable.Swap watch = Disposables.swap();
    private final Intake intake = new Intake();
    private final Archive archive;
    private final Speech speech;
    private final Duration patience;
    private final Hearer hearer;
    private boolean begun;
    private boolean cancelled;
    private boolean over;
    private boolean draining;
    private long asked;
    private long quietSinceMillis;

    /** Who hears what the engine says. Called in its mailbox. */
    interface Hearer {

        /** Runs the task in the mailbox; from any thread. */
        void execute(Runnable task);

        /** How many buffers are wanted. */
        long wanted();

        /** Whether what nobody wants has a place where it can be kept. */
        boolean keeps();

        /** Whether anything was heard yet. */
        boolean hasHeard();

        /** The next buffer. */
        void heard(ByteBuffer sound);

        /** There was all of it. */
        void completed();

        /** It broke off. */
        void failed(Throwable error);
    }

    /** @param patience how long nobody may want sound before the rest is asked for */
    EngineCall(Archive archive, Speech speech, Duration patience, Hearer hearer) {
        this.archive = archive;
        this.speech = speech;
        this.patience = patience;
        this.hearer = hearer;
    }

    /** The engine begins. */
    void begin() {
        quietSinceMillis = nowMillis();
        watchFor(patience);
        speech.audio().subscribe(intake);
    }

    /** Whether no more will come. */
    boolean isOver() {
        return over;
    }

    /** Asks for what is wanted now, beyond what was asked for already. */
    void ask() {
        if (!begun || over) {
            return;
        }
        long toDrain = draining && hearer.keeps() ? 1 : 0;
        long wanted = Math.min(Math.max(hearer.wanted(), toDrain), ASKED_AT_ONCE);
        if (wanted > asked) {
            long more = wanted - asked;
            asked = wanted;
            intake.request(more);
        }
    }

    /** Nobody hears it any more; what still comes was on its way. */
    void cancel() {
        cancelled = true;
        watch.dispose();
        intake.cancel();
    }

    private void watchFor(Duration time) {
        watch.update(archive.time()
                .schedule(() -> hearer.execute(this::lookForDemand), time.toMillis(), TimeUnit.MILLISECONDS));
    }

    private void lookForDemand() {
        if (over || draining || cancelled) {
            return;
        }
        Duration quiet = asked > 0 ? Duration.ZERO : Duration.ofMillis(nowMillis() - quietSinceMillis);
        if (quiet.compareTo(patience) < 0) {
            watchFor(patience.minus(quiet));
        } else if (!hearer.hasHeard()) {
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
        hearer.heard(sound);
    }

    private void completed() {
        if (!cancelled) {
            over = true;
            watch.dispose();
            hearer.completed();
        }
    }

    private void failed(Throwable error) {
        over = true;
        watch.dispose();
        hearer.failed(error);
    }

    private long nowMillis() {
        return archive.time().now(TimeUnit.MILLISECONDS);
    }

    /** What the engine gives, handed over to the mailbox. */
    private final class Intake extends BaseSubscriber<ByteBuffer> {

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            hearer.execute(() -> {
                begun = true;
                ask();
            });
        }

        @Override
        protected void hookOnNext(ByteBuffer sound) {
            hearer.execute(() -> heard(sound));
        }

        @Override
        protected void hookOnComplete() {
            hearer.execute(EngineCall.this::completed);
        }

        @Override
        protected void hookOnError(Throwable error) {
            hearer.execute(() -> failed(error));
        }
    }
}
