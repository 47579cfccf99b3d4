package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelOutput;
import dev.stentor.clock.TickClock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One channel's broadcast: each event is encoded once, kept in the ring, and handed to every event loop that has listeners of
 * this channel, in one task per tick. No listener can slow the channel or another listener.
 *
 * <p>{@link #join} may be called from any thread; all else is confined to the clock's thread, and what belongs to an event loop
 * is only touched there.
 */
public final class Broadcast implements ChannelOutput {

    private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);

    private final ChannelName channel;
    private final long epoch;
    private final long leadMillis;
    private final BroadcastSettings settings;
    private final TickClock clock;
    private final EntryEncoder encoder;
    private final EntryRing ring;
    private final PlainFeed plain;
    private final Map<Executor, Loop> loops = new HashMap<>();
    private final Map<String, Listener> clients = new HashMap<>();
    private final Set<Listener> present = ConcurrentHashMap.newKeySet();
    private final AtomicInteger listeners = new AtomicInteger();
    private final Runnable onClose;
    private List<Entry> pending = new ArrayList<>();
    private boolean closed;

    /** A loop's group, and how many listeners have been sent to it. */
    private static final class Loop {
        private final ListenerGroup group;
        private int listeners;

        private Loop(ListenerGroup group) {
            this.group = group;
        }
    }

    Broadcast(
            ChannelName channel,
            long epoch,
            long leadMillis,
            BroadcastSettings settings,
            TickClock clock,
            EntryEncoder encoder,
            PlainFeed plain,
            Runnable onClose) {
        this.channel = channel;
        this.epoch = epoch;
        this.leadMillis = leadMillis;
        this.settings = settings;
        this.clock = clock;
        this.encoder = encoder;
        this.plain = plain;
        this.onClose = onClose;
        this.ring = new EntryRing(settings.ring().toMillis() * 1_000, encoder.headSeq() + 1, Situation.BLANK);
    }

    /** Lets a listener in. It is greeted, and gets entries, on its own event loop, until it leaves. */
    public void join(Listener listener, JoinRequest request) {
        listeners.incrementAndGet();
        clock.execute(() -> admit(listener, request));
    }

    /** How many listen, over WebSocket and plain HTTP; from any thread. */
    public int listeners() {
        return listeners.get() + plain.listeners();
    }

    /** Every listener that has joined, over WebSocket and plain HTTP, in no order; from any thread. */
    public List<ListenerStatus> statuses() {
        return Stream.concat(present.stream().map(Listener::status), plain.statuses().stream())
                .toList();
    }

    /** The sound alone, for clients that speak no protocol. */
    public PlainFeed plain() {
        return plain;
    }

    @Override
    public void on(ChannelEvent event) {
        Entry entry = encoder.encode(event, clock.micros());
        ring.add(entry);
        pending.add(entry);
        plain.on(event);
    }

    @Override
    public void flush() {
        if (pending.isEmpty()) {
            return;
        }
        List<Entry> entries = List.copyOf(pending);
        pending = new ArrayList<>();
        loops.forEach((executor, loop) -> {
            entries.forEach(Entry::retain);
            try {
                executor.execute(() -> loop.group.deliver(entries));
            } catch (RejectedExecutionException shutDown) {
                entries.forEach(Entry::release);
            }
        });
    }

    @Override
    public boolean hasListeners() {
        return listeners() > 0;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        drain(0, 0);
        ring.release();
        onClose.run();
    }

    /** Sends all listeners away; they are asked to come back after a rest, spread over the given time. */
    void drain(long restMillis, long spreadMillis) {
        loops.forEach((executor, loop) -> {
            try {
                executor.execute(() -> loop.group.drain(restMillis, spreadMillis));
            } catch (RejectedExecutionException shutDown) {
                LOG.debug("an event loop has ended before its listeners were told");
            }
        });
        plain.close();
    }

    private void admit(Listener listener, JoinRequest request) {
        if (closed) {
            listeners.decrementAndGet();
            listener.loop.execute(() -> listener.bye(0));
            return;
        }
        flush();
        replaceOlder(listener, request.client());
        Loop loop = loops.computeIfAbsent(
                listener.loop,
                executor ->
                        new Loop(new ListenerGroup(channel, epoch, leadMillis, settings, clock::micros, ring.copy())));
        loop.listeners++;
        present.add(listener);
        listener.loop.execute(() -> {
            listener.onLeave(() -> clock.execute(() -> dismiss(listener, request.client(), loop)));
            loop.group.add(listener, request);
        });
    }

    private void replaceOlder(Listener listener, @Nullable String client) {
        Listener older = client == null ? null : clients.put(client, listener);
        if (older != null) {
            older.loop.execute(() -> older.close(CloseReason.REPLACED));
        }
    }

    private void dismiss(Listener listener, @Nullable String client, Loop loop) {
        listeners.decrementAndGet();
        present.remove(listener);
        if (client != null) {
            clients.remove(client, listener);
        }
        if (--loop.listeners == 0) {
            loops.remove(listener.loop);
            listener.loop.execute(loop.group::release);
        }
    }
}
