package dev.stentor.speech.upstream;

import dev.stentor.speech.BilledCharacters;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechSource;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.util.retry.Retry;

/**
 * One text that is spoken again where speaking it failed, as often as a plan allows, and heard as one sound.
 *
 * <p>Sound that was heard is never repeated and never changed: a new attempt is dropped up to the sample at which the last one
 * broke off, and goes on from there if it was the same until then, bit for bit. If it was not, the plan decides whether another
 * attempt may follow; else the speech ends with the failure that broke it. Every buffer is hashed once. Belongs to one
 * subscription, whose signals are serialized; only what is atomic or volatile is seen by others. See ADR 12.
 */
final class RetriedSpeech implements SpeechSource {

    /** A plan that decides which service speaks, and when the next attempt is made. */
    interface Plan {
        /** Returns the next attempt; its audio is subscribed to at once. */
        Speech next();

        /**
         * Decides what follows a failed attempt: emits when the next attempt is due; completes empty for no more attempts; fails
         * to end with another failure.
         */
        Mono<Long> again(SpeechException failed, Progress progress);

        /** Decides the same after an attempt whose sound differed from the sound heard before. */
        Mono<Long> differed();
    }

    /**
     * The progress of the speech after a failed attempt.
     *
     * @param attemptBytes bytes of sound that this attempt gave, whether the listener heard them or not
     * @param heardBytes bytes of sound that the listener has heard; if not 0, a new attempt must give the same sound
     */
    record Progress(long attemptBytes, long heardBytes) {
        boolean isHeard() {
            return heardBytes > 0;
        }

        /** Tells whether this attempt gave all sound that the listener has heard. */
        boolean leads() {
            return isHeard() && attemptBytes == heardBytes;
        }
    }

    /** An exception for a new attempt whose sound differs from the sound heard before. */
    private static final class Different extends RuntimeException {
        Different() {
            super("the sound is another one", null, false, false);
        }
    }

    private final Plan plan;
    private final long characters;
    private final AtomicLong samples = new AtomicLong();
    private volatile @Nullable Speech attempt;
    private Fingerprint heard = new Fingerprint();
    private Fingerprint replay = heard;
    private @Nullable SpeechException failure;
    private long failedAtBytes;

    private RetriedSpeech(Plan plan, String text) {
        this.plan = plan;
        this.characters = BilledCharacters.of(text);
    }

    /** Creates the speech; nothing happens before it is subscribed to. It has no marks, because attempts may differ in them. */
    static Speech of(String text, Plan plan) {
        var retried = new RetriedSpeech(plan, text);
        return Speech.once(() -> retried);
    }

    @Override
    public Flux<ByteBuffer> audio() {
        return Flux.defer(this::attempt)
                .retryWhen(Retry.from(failures -> failures.concatMap(signal -> again(signal.failure()))));
    }

    private Flux<ByteBuffer> attempt() {
        Speech next = plan.next();
        attempt = next;
        replay = new Fingerprint();
        return next.audio()
                .<ByteBuffer>handle(this::compare)
                .concatWith(
                        Mono.defer(() -> replay.bytes() < heard.bytes() ? Mono.error(new Different()) : Mono.empty()));
    }

    /** Drops sound that was heard before. When the replay has caught up, it becomes the sound that is heard. */
    private void compare(ByteBuffer buffer, SynchronousSink<ByteBuffer> sink) {
        if (replay != heard) {
            int known = (int) Math.min(heard.bytes() - replay.bytes(), buffer.remaining());
            replay.add(buffer.slice(buffer.position(), known));
            if (!replay.agreesWith(heard)) {
                sink.error(new Different());
                return;
            }
            if (replay.bytes() < heard.bytes()) {
                return;
            }
            heard = replay;
            deliver(known == 0 ? buffer : buffer.slice(buffer.position() + known, buffer.remaining() - known), sink);
        } else {
            deliver(buffer, sink);
        }
    }

    private void deliver(ByteBuffer buffer, SynchronousSink<ByteBuffer> sink) {
        if (buffer.hasRemaining()) {
            heard.add(buffer);
            samples.addAndGet(buffer.remaining() / 2);
            sink.next(buffer);
        }
    }

    /**
     * Decides what follows a failure. If nothing does, ends with the failure that broke off the heard sound, not with a later
     * one.
     */
    private Mono<Long> again(Throwable error) {
        if (error instanceof Different && failure != null) {
            return plan.differed().switchIfEmpty(Mono.error(failure));
        }
        if (!(error instanceof SpeechException failed)) {
            return Mono.error(error);
        }
        if (failure == null || heard.bytes() == 0 || heard.bytes() > failedAtBytes) {
            failure = failed;
            failedAtBytes = heard.bytes();
        }
        SpeechException last = failure;
        return plan.again(failed, new Progress(replay.bytes(), heard.bytes())).switchIfEmpty(Mono.error(last));
    }

    /** Returns the receipt of the last attempt; if it has none, one that names no request. */
    @Override
    public Mono<Receipt> receipt(Receipt.Ending ending) {
        Speech last = attempt;
        long delivered = samples.get();
        Receipt none = new Receipt("", delivered, characters, ending, null);
        return last == null
                ? Mono.just(none)
                : last.receipt()
                        .map(its -> new Receipt(its.requestId(), delivered, its.characters(), ending, its.file()))
                        .onErrorReturn(none)
                        .defaultIfEmpty(none);
    }
}
