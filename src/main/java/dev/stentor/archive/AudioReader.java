package dev.stentor.archive;

import dev.stentor.audio.PcmFormat;
import dev.stentor.speech.Receipt;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;

/**
 * One subscriber of a sound: where it is, and how much it has asked for. What is still in memory it gets from there, the rest from
 * the file, one reading at a time. A subscription's methods may be called from any thread; the rest is confined to the mailbox of its
 * sound.
 */
final class AudioReader implements Subscription {

    /** A tenth of a second, so that a first sound comes fast; then half a second. */
    private static final int FIRST_BYTES = 4_800;

    private static final int BYTES = 24_000;

    private final ReadableAudio sound;
    private final Subscriber<? super ByteBuffer> subscriber;
    private final Sinks.One<Receipt> receipt;
    private long position;
    private long demand;
    private boolean reading;
    private boolean gone;

    AudioReader(ReadableAudio sound, Subscriber<? super ByteBuffer> subscriber, Sinks.One<Receipt> receipt) {
        this.sound = sound;
        this.subscriber = subscriber;
        this.receipt = receipt;
    }

    @Override
    public void request(long more) {
        if (Operators.validate(more)) {
            sound.execute(() -> ask(more));
        }
    }

    @Override
    public void cancel() {
        sound.execute(this::leave);
    }

    /** How many buffers it wants now, beyond all that is there: it stands at the end. */
    long wanted() {
        return position == sound.bytes() ? demand : 0;
    }

    long position() {
        return position;
    }

    long samples() {
        return position / PcmFormat.SPEECH.bytesPerFrame();
    }

    /** Whether nothing is told to it any more: it has ended, or left. */
    boolean isGone() {
        return gone;
    }

    boolean isReading() {
        return reading;
    }

    /** Gives what was asked for and is there. Whether nothing is left to give, now and for ever. */
    boolean serve() {
        while (demand > 0 && !reading && !gone && position < sound.bytes()) {
            ByteBuffer buffer = sound.inMemory(position);
            if (buffer != null) {
                give(buffer);
            } else {
                read();
            }
        }
        return sound.isOver() && position == sound.bytes();
    }

    void complete() {
        gone = true;
        subscriber.onComplete();
    }

    void fail(Throwable error) {
        gone = true;
        subscriber.onError(error);
    }

    /** What became of it, for whoever wants to know; only the first word counts. */
    Sinks.One<Receipt> receipt() {
        return receipt;
    }

    private void ask(long more) {
        demand = Operators.addCap(demand, more);
        sound.asked();
    }

    private void leave() {
        if (!gone) {
            gone = true;
            sound.left(this);
        }
    }

    private void give(ByteBuffer buffer) {
        position += buffer.remaining();
        if (demand != Long.MAX_VALUE) {
            demand--;
        }
        subscriber.onNext(buffer);
    }

    private void read() {
        long from = position;
        int length = (int) Math.min(from == 0 ? FIRST_BYTES : BYTES, sound.inFile() - from);
        reading = true;
        sound.disk()
                .call(
                        () -> sound.read(from, length),
                        buffer -> sound.execute(() -> arrived(buffer, null)),
                        error -> sound.execute(() -> arrived(null, error)));
    }

    private void arrived(@Nullable ByteBuffer buffer, @Nullable Throwable error) {
        reading = false;
        if (!gone && buffer != null) {
            give(buffer);
        } else if (!gone && error != null) {
            sound.unreadable(this, error);
        }
        sound.asked();
    }
}
