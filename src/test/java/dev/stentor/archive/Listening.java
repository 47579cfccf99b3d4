package dev.stentor.archive;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** A listener that hears as much of a speech as the test requests. Signals may come on any thread. */
final class Listening extends BaseSubscriber<ByteBuffer> {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final Speech speech;
    private final AtomicInteger buffers = new AtomicInteger();
    private volatile boolean completed;
    private volatile @Nullable Throwable failure;

    private Listening(Speech speech) {
        this.speech = speech;
    }

    /** Subscribes to a speech, and requests nothing yet. */
    static Listening to(Speech speech) {
        var listening = new Listening(speech);
        speech.audio().subscribe(listening);
        return listening;
    }

    /** Requests a number of buffers and waits for them. */
    Listening take(int count) {
        int wanted = buffers.get() + count;
        request(count);
        Awaitility.await().atMost(LIMIT).until(() -> buffers.get() >= wanted);
        return this;
    }

    /** Requests everything and waits for the end or the failure. */
    Listening takeAll() {
        requestUnbounded();
        Awaitility.await().atMost(LIMIT).until(() -> completed || failure != null);
        return this;
    }

    byte[] heard() {
        synchronized (heard) {
            return heard.toByteArray();
        }
    }

    boolean isCompleted() {
        return completed;
    }

    @Nullable Throwable failure() {
        return failure;
    }

    Receipt receipt() {
        return Objects.requireNonNull(speech.receipt().block(LIMIT));
    }

    @Override
    protected void hookOnSubscribe(Subscription subscription) {}

    @Override
    protected void hookOnNext(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        synchronized (heard) {
            heard.writeBytes(bytes);
        }
        buffers.incrementAndGet();
    }

    @Override
    protected void hookOnComplete() {
        completed = true;
    }

    @Override
    protected void hookOnError(Throwable error) {
        failure = error;
    }
}
