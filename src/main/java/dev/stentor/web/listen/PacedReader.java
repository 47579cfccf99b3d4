package dev.stentor.web.listen;

import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * A reader of one connection's messages that takes the next one only when the client may send it: at the pace of its budget, and
 * not while the gateway's answers wait to be read by the client. Until then the socket is not read, so the client's own writing stops; nothing
 * is thrown away. Confined to the connection's event loop.
 */
final class PacedReader {

    private final EventLoop loop;
    private final LongSupplier micros;
    private final MessageBudget budget;
    private final BooleanSupplier answersAreRead;
    private final ListenStats stats;
    private final Consumer<WebSocketFrame> receiver;
    private boolean waitsForAnswers;
    /** True while the next message was asked for and has not come: then none waits before it. */
    private boolean asking;

    private Subscription messages = NONE;

    private static final Subscription NONE = new Subscription() {
        @Override
        public void request(long count) {}

        @Override
        public void cancel() {}
    };

    /**
     * Creates a reader that has not begun.
     *
     * @param micros the clock's time
     * @param answersAreRead true while so few bytes wait for the client that it may send another message
     * @param receiver gets each message, and must not keep it
     */
    PacedReader(
            EventLoop loop,
            LongSupplier micros,
            MessageBudget budget,
            BooleanSupplier answersAreRead,
            ListenStats stats,
            Consumer<WebSocketFrame> receiver) {
        this.loop = loop;
        this.micros = micros;
        this.budget = budget;
        this.answersAreRead = answersAreRead;
        this.stats = stats;
        this.receiver = receiver;
    }

    /** Reads the messages one by one; ends with them. Subscribe once. */
    Mono<Void> read(Flux<WebSocketFrame> frames) {
        return Mono.create(done -> {
            var subscriber = new Messages(done);
            done.onDispose(subscriber);
            frames.subscribe(subscriber);
        });
    }

    /** Continues if it waited for the client to read its answers; to be called when all answers have gone to the socket. */
    void answersWereRead() {
        if (waitsForAnswers) {
            waitsForAnswers = false;
            ask();
        }
    }

    /**
     * Tells whether a message may be served now that has just come, instead of giving it to {@link #read}: none waits before it, the budget
     * covers it, and the client reads its answers. If so, and it was served, {@link #served} must follow.
     */
    boolean mayServeAtOnce() {
        return asking && budget.covers(micros.getAsLong()) && answersAreRead.getAsBoolean();
    }

    /** Counts a message that was served at once. */
    void served() {
        var _ = budget.spend(micros.getAsLong());
    }

    private void ask() {
        asking = true;
        messages.request(1);
    }

    private void takeNext() {
        long wait = budget.spend(micros.getAsLong());
        if (wait > 0) {
            stats.slowedDown();
            var _ = loop.schedule(this::takeWhenAnswersAreRead, wait, TimeUnit.MICROSECONDS);
        } else {
            takeWhenAnswersAreRead();
        }
    }

    private void takeWhenAnswersAreRead() {
        if (answersAreRead.getAsBoolean()) {
            ask();
        } else {
            waitsForAnswers = true;
        }
    }

    private final class Messages extends BaseSubscriber<WebSocketFrame> {

        private final MonoSink<Void> done;

        private Messages(MonoSink<Void> done) {
            this.done = done;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            messages = subscription;
            ask();
        }

        @Override
        protected void hookOnNext(WebSocketFrame frame) {
            asking = false;
            receiver.accept(frame);
            takeNext();
        }

        @Override
        protected void hookOnComplete() {
            done.success();
        }

        @Override
        protected void hookOnError(Throwable error) {
            done.error(error);
        }
    }
}
