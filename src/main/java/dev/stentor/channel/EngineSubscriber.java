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
import reactor.util.context.Context;

/**
 * A subscriber for one utterance's audio, which asks for one buffer at a time and puts it into the utterance's frames. The engine's
 * signals come on any thread and are handed over to the clock's; all state is confined to that one.
 */
final class EngineSubscriber extends BaseSubscriber<ByteBuffer> {

    private final TickClock clock;
    private final FrameCutter frames;
    private final Receiver receiver;
    private final Context context;
    private final Disposable.Swap segments = Disposables.swap();
    private boolean subscribed;
    private boolean asked;
    private long lastSignMicros;

    /** A receiver of the engine's signals. Called on the clock's thread. */
    interface Receiver {
        /** The engine is ready to be asked for sound. */
        void ready();

        /** The engine has told where the whole sound is kept; null if nowhere. */
        void kept(@Nullable WholeFile file);

        /** A segment of the text begins; told before its sound. */
        void segmentBegan(SegmentMark segment);

        /** So many new samples are in the frames, so long after they were asked for. */
        void received(int samples, long waitedMicros, long nowMicros);

        void completed();

        void failed(Throwable error);
    }

    /**
     * Creates a subscriber that has not subscribed yet.
     *
     * @param frames where the sound goes; touched on the clock's thread only
     * @param context what the engine is told besides the request
     */
    EngineSubscriber(TickClock clock, FrameCutter frames, Receiver receiver, Context context) {
        this.clock = clock;
        this.frames = frames;
        this.receiver = receiver;
        this.context = context;
        this.lastSignMicros = clock.micros();
    }

    /** Asks for one more buffer, if none is on its way. Called on the clock's thread. */
    void ask() {
        if (subscribed && !asked) {
            asked = true;
            lastSignMicros = clock.micros();
            request(1);
        }
    }

    /** Returns for how long the engine has owed something, in µs; 0 if nothing was asked for. Called on the clock's thread. */
    long silentMicros(long nowMicros) {
        return asked || !subscribed ? nowMicros - lastSignMicros : 0;
    }

    /** Returns the sound of a speech, and listens to its segments and its receipt. Called once, on any thread. */
    Flux<ByteBuffer> soundOf(Speech speech) {
        segments.update(
                speech.marks().subscribe(mark -> clock.execute(() -> receiver.segmentBegan(mark)), failed -> {}));
        // Emits by itself, once the audio is over in whatever way; a failure is told by the audio.
        var _ = speech.receipt().subscribe(receipt -> clock.execute(() -> receiver.kept(receipt.file())), failed -> {});
        return speech.audio();
    }

    @Override
    public Context currentContext() {
        return context;
    }

    @Override
    protected void hookFinally(SignalType type) {
        segments.dispose();
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
            receiver.received(frames.add(buffer), now - lastSignMicros, now);
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
