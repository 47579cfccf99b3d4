package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.WholeFile;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;

/**
 * Receives one utterance's audio, a buffer at a time. The engine's signals come on any thread and are handed over to the clock's;
 * all state is confined to that one.
 */
final class EngineSubscriber extends BaseSubscriber<ByteBuffer> {

    private final TickClock clock;
    private final Receiver receiver;
    private final Disposable.Swap marks = Disposables.swap();
    private boolean subscribed;
    private boolean asked;
    private long lastSignMicros;

    /** Told on the clock's thread. */
    interface Receiver {
        void ready();

        void kept(@Nullable WholeFile file);

        void marked(SegmentMark mark);

        /** Sound came, so long after it was asked for. */
        void received(ByteBuffer buffer, long waitedMicros, long nowMicros);

        void completed();

        void failed(Throwable error);
    }

    EngineSubscriber(TickClock clock, Receiver receiver) {
        this.clock = clock;
        this.receiver = receiver;
        this.lastSignMicros = clock.micros();
    }

    /** Asks for one more buffer, if none is on its way. On the clock's thread. */
    void ask() {
        if (subscribed && !asked) {
            asked = true;
            lastSignMicros = clock.micros();
            request(1);
        }
    }

    /** For how long the engine has owed something; 0 if nothing was asked for. On the clock's thread. */
    long silentMicros(long nowMicros) {
        return asked || !subscribed ? nowMicros - lastSignMicros : 0;
    }

    /** The sound of a speech; its marks are told before the sound that they belong to. On any thread, once. */
    Flux<ByteBuffer> soundOf(Speech speech) {
        marks.update(speech.marks().subscribe(mark -> clock.execute(() -> receiver.marked(mark)), failed -> {}));
        // Emits by itself, once the audio is over in whatever way; a failure is told by the audio.
        var _ = speech.receipt().subscribe(receipt -> clock.execute(() -> receiver.kept(receipt.file())), failed -> {});
        return speech.audio();
    }

    @Override
    protected void hookFinally(SignalType type) {
        marks.dispose();
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {
        clock.execute(() -> {
            subscribed = true;
            receiver.ready();
        });
    }

    @Override
    protected void hookOnNext(ByteBuffer buffer) {
        clock.execute(() -> {
            asked = false;
            long now = clock.micros();
            receiver.received(buffer, now - lastSignMicros, now);
        });
    }

    @Override
    protected void hookOnComplete() {
        clock.execute(receiver::completed);
    }

    @Override
    protected void hookOnError(Throwable error) {
        clock.execute(() -> receiver.failed(error));
    }
}
