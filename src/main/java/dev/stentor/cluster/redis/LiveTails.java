package dev.stentor.cluster.redis;

import dev.stentor.clock.TickClock;
import dev.stentor.cluster.TailSignal;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * The subscriptions of this node, all on one connection: one for each channel, however many want it, and none if nobody does. State is
 * confined to the clock's thread, and entries are passed on there. The thread of the connection decodes them.
 */
final class LiveTails {

    private static final Logger LOG = LoggerFactory.getLogger(LiveTails.class);

    /** Most entries on their way to the clock's thread: two seconds of a hundred channels. Those beyond are dropped, and their tails fetch them. */
    private static final int MOST_WAITING = 10_000;

    private final TickClock clock;
    private final ReadBatches batches;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Map<String, List<FluxSink<TailSignal>>> sinks = new HashMap<>();
    /** Names whose subscription is in force on the present connection. */
    private final Set<String> inForce = new HashSet<>();

    private @Nullable StatefulRedisPubSubConnection<String, byte[]> connection;

    LiveTails(TickClock clock, ReadBatches batches) {
        this.clock = clock;
        this.batches = batches;
    }

    /** Returns the signals of a name, for as long as it is subscribed to. */
    Flux<TailSignal> tail(String name) {
        return Flux.create(
                sink -> {
                    sink.onDispose(() -> clock.execute(() -> remove(name, sink)));
                    clock.execute(() -> add(name, sink));
                },
                FluxSink.OverflowStrategy.IGNORE);
    }

    /** Goes on with a new connection; null if there is none for now. */
    void connected(@Nullable StatefulRedisPubSubConnection<String, byte[]> next) {
        inForce.clear();
        connection = next;
        if (next != null) {
            next.addListener(new Receiver(next));
            if (!sinks.isEmpty()) {
                var _ = next.async().subscribe(sinks.keySet().toArray(String[]::new));
            }
        }
    }

    private void add(String name, FluxSink<TailSignal> sink) {
        if (sink.isCancelled()) {
            return;
        }
        List<FluxSink<TailSignal>> known = sinks.get(name);
        if (known != null) {
            known.add(sink);
        } else {
            sinks.put(name, new ArrayList<>(List.of(sink)));
            if (connection != null) {
                var _ = connection.async().subscribe(name);
            }
        }
        if (inForce.contains(name)) {
            sink.next(new TailSignal.Subscribed());
        }
    }

    private void remove(String name, FluxSink<TailSignal> sink) {
        List<FluxSink<TailSignal>> known = sinks.get(name);
        if (known != null && known.remove(sink) && known.isEmpty()) {
            sinks.remove(name);
            inForce.remove(name);
            if (connection != null) {
                var _ = connection.async().unsubscribe(name);
            }
        }
    }

    private void nowInForce(String name, StatefulRedisPubSubConnection<String, byte[]> from) {
        List<FluxSink<TailSignal>> known = sinks.get(name);
        if (known != null && from.equals(connection) && inForce.add(name)) {
            known.forEach(sink -> sink.next(new TailSignal.Subscribed()));
        }
    }

    /** Decodes an entry, and sends it on its way. Called by the thread of the connection. */
    private void arrived(String name, byte[] message) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return;
        }
        try {
            var signal = new TailSignal.Published(EntryCodec.decode(message));
            batches.add(() -> pass(name, signal));
        } catch (IllegalArgumentException _) {
            waiting.decrementAndGet();
            LOG.atWarn().addKeyValue("name", name).log("What was published under a channel's name is no entry.");
        }
    }

    private void pass(String name, TailSignal signal) {
        waiting.decrementAndGet();
        sinks.getOrDefault(name, List.of()).forEach(receiver -> receiver.next(signal));
    }

    /** Hears what comes over one connection, on its thread. */
    private final class Receiver extends RedisPubSubAdapter<String, byte[]> {

        private final StatefulRedisPubSubConnection<String, byte[]> from;

        Receiver(StatefulRedisPubSubConnection<String, byte[]> from) {
            this.from = from;
        }

        @Override
        public void subscribed(String name, long count) {
            clock.execute(() -> nowInForce(name, from));
        }

        @Override
        public void message(String name, byte[] message) {
            arrived(name, message);
        }
    }
}
