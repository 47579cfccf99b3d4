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

/** One who hears a speech, as much of it as the test asks for. Signals may come on any thread. */
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

    /** Listens, and asks for nothing yet. */
    static Listening to(Speech speech) {
        var listening = new Listening(speech);
        speech.audio().subscribe(listening);
        return listening;
    }

    /** Asks for so many buffers and waits until they are there. */
    Listening take(int count) {
        int wanted = buffers.get() + count;
        request(count);
        Awaitility.await().atMost(LIMIT).until(() -> buffers.get() >= wanted);
        return this;
    }

    /** Asks for everything and waits for the end, whatever it is. */
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
