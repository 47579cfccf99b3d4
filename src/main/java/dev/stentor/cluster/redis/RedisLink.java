package dev.stentor.cluster.redis;

import dev.stentor.clock.TickClock;
import dev.stentor.cluster.BusException;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * One connection to Redis, and the next one when it breaks. Lettuce does not reconnect by itself here: it would send calls again that
 * were on their way, and their entries would be published late. A connection that answers no ping twice is given up, since it may be cut
 * off without notice. Its state is confined to the clock's thread; {@link #call} works on any.
 */
final class RedisLink<C extends StatefulRedisConnection<String, byte[]>> {

    private static final Duration FIRST_DELAY = Duration.ofMillis(20);
    private static final Duration LAST_DELAY = Duration.ofMillis(500);
    private static final Duration PING_EVERY = Duration.ofSeconds(1);
    private static final int MOST_MISSED = 2;

    /** Calls that are sent together at most: the first of a tick does not wait for the others, and while Redis works at some, the next ones are made. */
    private static final int MOST_UNSENT = 8;

    private final TickClock clock;
    private final Supplier<CompletionStage<C>> connect;
    private final boolean collects;
    private final AtomicInteger unsent = new AtomicInteger();
    private final Consumer<RedisLink<C>> changed;
    private final Consumer<Throwable> refused;
    private volatile @Nullable C connection;
    private Duration delay = FIRST_DELAY;
    private int missed;
    private boolean isClosed;

    /**
     * Creates a link that is not connected yet.
     *
     * @param connect begins to connect, without blocking
     * @param collects whether calls of one task of the clock are collected, so that a tick of many channels is few writes to the socket
     * @param changed called on the clock's thread after each connect and each loss
     * @param refused called on the clock's thread after each connect that failed
     */
    RedisLink(
            TickClock clock,
            Supplier<CompletionStage<C>> connect,
            boolean collects,
            Consumer<RedisLink<C>> changed,
            Consumer<Throwable> refused) {
        this.clock = clock;
        this.connect = connect;
        this.collects = collects;
        this.changed = changed;
        this.refused = refused;
    }

    /** Connects, and tries again until that works. */
    void open() {
        var _ = Mono.fromCompletionStage(connect)
                .subscribe(
                        connected -> clock.execute(() -> connected(connected)),
                        why -> clock.execute(() -> failed(why)));
    }

    boolean isConnected() {
        return connection != null;
    }

    /** Returns the connection; null while there is none. */
    @Nullable C connection() {
        return connection;
    }

    /** Asks Redis, once subscribed to. Fails with {@link BusException} if there is no connection, no answer in time, or a refusal. */
    <T> Mono<T> call(Function<C, CompletionStage<T>> question) {
        return Mono.fromCompletionStage(() -> ask(question))
                .onErrorMap(failed -> new BusException("Redis did not answer", failed));
    }

    private <T> CompletionStage<T> ask(Function<C, CompletionStage<T>> question) {
        C now = connection;
        if (now == null) {
            throw new IllegalStateException("not connected");
        }
        CompletionStage<T> answer = question.apply(now);
        if (collects) {
            flushSoon(now);
        }
        return answer;
    }

    /** Sends what was collected once that is enough, or after the present task of the clock. */
    private void flushSoon(C now) {
        int waiting = unsent.incrementAndGet();
        if (waiting >= MOST_UNSENT) {
            unsent.set(0);
            now.flushCommands();
        } else if (waiting == 1) {
            clock.execute(() -> {
                unsent.set(0);
                now.flushCommands();
            });
        }
    }

    /** Connects no more. The connection is closed with the client. */
    void close() {
        isClosed = true;
        connection = null;
    }

    private void failed(Throwable why) {
        if (!isClosed) {
            refused.accept(why);
        }
        openLater();
    }

    private void openLater() {
        if (!isClosed) {
            var _ = clock.after(delay, this::open);
            Duration next = delay.multipliedBy(2);
            delay = next.compareTo(LAST_DELAY) < 0 ? next : LAST_DELAY;
        }
    }

    private void connected(C connected) {
        if (isClosed) {
            var _ = connected.closeAsync();
            return;
        }
        delay = FIRST_DELAY;
        missed = 0;
        connected.setAutoFlushCommands(!collects);
        connection = connected;
        connected.addListener(new RedisConnectionStateListener() {
            @Override
            public void onRedisDisconnected(RedisChannelHandler<?, ?> handler) {
                clock.execute(() -> lost(connected));
            }
        });
        if (!connected.isOpen()) {
            lost(connected);
            return;
        }
        changed.accept(this);
        pingLater(connected);
    }

    private void lost(C broken) {
        if (broken.equals(connection)) {
            connection = null;
            var _ = broken.closeAsync();
            if (!isClosed) {
                changed.accept(this);
                openLater();
            }
        }
    }

    private void pingLater(C pinged) {
        var _ = clock.after(PING_EVERY, () -> {
            if (pinged.equals(connection)) {
                ping(pinged);
            }
        });
    }

    private void ping(C pinged) {
        var _ = call(connection -> connection.async().ping())
                .subscribe(
                        _ -> clock.execute(() -> {
                            missed = 0;
                            pingLater(pinged);
                        }),
                        _ -> clock.execute(() -> missed(pinged)));
    }

    private void missed(C pinged) {
        missed++;
        if (missed >= MOST_MISSED) {
            lost(pinged);
        } else {
            pingLater(pinged);
        }
    }
}
