package dev.stentor.archive;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.SpeechTime;
import dev.stentor.speech.Receipt;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;

/**
 * One subscriber of a sound: its position, and how much it has asked for. It gets sound from memory while it is there, else from the
 * file, one read at a time. The methods of the subscription may be called from any thread; the rest is confined to the executor of its
 * sound.
 */
final class AudioReader implements Subscription {

    /** How much of the file is read at first: a tenth of a second, so that the first sound comes fast. */
    private static final int FIRST_BYTES = SpeechTime.SAMPLES_PER_SECOND / 10 * Short.BYTES;

    /** How much is read later: half a second. */
    private static final int BYTES = SpeechTime.SAMPLES_PER_SECOND / 2 * Short.BYTES;

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

    /** Returns how many buffers it wants beyond the sound that is there; 0 if it has not reached the end of that. */
    long wanted() {
        return position == sound.buffer().bytes() ? demand : 0;
    }

    /** Returns its position, in bytes. */
    long position() {
        return position;
    }

    long samples() {
        return position / PcmFormat.SPEECH.bytesPerFrame();
    }

    /** Tells whether it gets no more signals: it has ended, or left. */
    boolean isGone() {
        return gone;
    }

    boolean isReading() {
        return reading;
    }

    /** Gives what was asked for and is there. Returns whether all sound was given and no more will come. */
    boolean serve() {
        while (demand > 0 && !reading && !gone && position < sound.buffer().bytes()) {
            ByteBuffer buffer = sound.buffer().bufferAt(position);
            if (buffer != null) {
                give(buffer);
            } else {
                read();
            }
        }
        return sound.isOver() && position == sound.buffer().bytes();
    }

    void complete() {
        gone = true;
        subscriber.onComplete();
    }

    void fail(Throwable error) {
        gone = true;
        subscriber.onError(error);
    }

    /** Returns the sink of its receipt; only the first value counts. */
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
        int length =
                (int) Math.min(from == 0 ? FIRST_BYTES : BYTES, sound.buffer().inFile() - from);
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
