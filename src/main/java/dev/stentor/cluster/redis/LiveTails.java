package dev.stentor.cluster.redis;

import dev.stentor.clock.TickClock;
import dev.stentor.cluster.TailSignal;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * The subscriptions of this node, all on one connection: one for each channel, however many want it, and none if nobody does. State is
 * confined to the clock's thread. Entries are passed on by the thread of the connection.
 */
final class LiveTails {

    private static final Logger LOG = LoggerFactory.getLogger(LiveTails.class);

    private final TickClock clock;
    private final Map<String, List<FluxSink<TailSignal>>> sinks = new ConcurrentHashMap<>();
    /** Names whose subscription is in force on the present connection. */
    private final Set<String> inForce = new HashSet<>();

    private @Nullable StatefulRedisPubSubConnection<String, byte[]> connection;

    LiveTails(TickClock clock) {
        this.clock = clock;
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
            sinks.put(name, new CopyOnWriteArrayList<>(List.of(sink)));
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

    private void pass(String name, byte[] message) {
        List<FluxSink<TailSignal>> receivers = sinks.get(name);
        if (receivers == null) {
            return;
        }
        try {
            var signal = new TailSignal.Published(EntryCodec.decode(message));
            receivers.forEach(receiver -> receiver.next(signal));
        } catch (IllegalArgumentException _) {
            LOG.atWarn().addKeyValue("name", name).log("What was published under a channel's name is no entry.");
        }
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
            pass(name, message);
        }
    }
}
