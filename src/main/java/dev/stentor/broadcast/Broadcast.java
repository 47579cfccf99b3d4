package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelOutput;
import dev.stentor.clock.TickClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One channel's broadcast: each event is encoded once for each {@link Rendition}, and handed to all who listen to that. No listener
 * can slow the channel or another listener.
 *
 * <p>{@link #join} may be called from any thread; all else is confined to the clock's thread.
 */
public final class Broadcast implements ChannelOutput {

    private final TickClock clock;
    private final EntryEncoder encoder;
    private final Rendition pcm;
    private final PlainFeed plain;
    private final Map<String, Listener> clients = new HashMap<>();
    private final Set<Listener> present = ConcurrentHashMap.newKeySet();
    private final AtomicInteger listeners = new AtomicInteger();
    private final Runnable onClose;
    private volatile long released;
    private boolean closed;

    Broadcast(
            ChannelName channel,
            long epoch,
            long leadMillis,
            BroadcastSettings settings,
            TickClock clock,
            BroadcastStats stats,
            EntryEncoder encoder,
            PlainFeed plain,
            Runnable onClose) {
        this.clock = clock;
        this.encoder = encoder;
        this.plain = plain;
        this.onClose = onClose;
        this.pcm = new Rendition(
                new Terms(channel, epoch, leadMillis, settings, Format.PCM),
                clock::micros,
                stats,
                encoder.headSeq() + 1,
                Situation.BLANK);
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
        long now = clock.micros();
        return Stream.concat(
                        present.stream().map(listener -> listener.status(released, now)), plain.statuses().stream())
                .toList();
    }

    /** The sound alone, for clients that speak no protocol. */
    public PlainFeed plain() {
        return plain;
    }

    @Override
    public void on(ChannelEvent event) {
        pcm.add(encoder.encode(event, clock.micros()));
        released = pcm.ring().headPos();
        plain.on(event);
    }

    @Override
    public void flush() {
        pcm.flush();
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
        pcm.release();
        onClose.run();
    }

    /** Sends all listeners away; they are asked to come back after a rest, spread over the given time. */
    void drain(long restMillis, long spreadMillis) {
        pcm.drain(restMillis, spreadMillis);
        plain.close();
    }

    private void admit(Listener listener, JoinRequest request) {
        if (closed) {
            listeners.decrementAndGet();
            listener.loop.execute(() -> listener.bye(0));
            return;
        }
        replaceOlder(listener, request.client());
        present.add(listener);
        Rendition rendition = rendition(request.format());
        rendition.admit(listener, request, () -> clock.execute(() -> dismiss(listener, request, rendition)));
    }

    private Rendition rendition(Format format) {
        return switch (format) {
            case PCM -> pcm;
        };
    }

    private void replaceOlder(Listener listener, @Nullable String client) {
        Listener older = client == null ? null : clients.put(client, listener);
        if (older != null) {
            older.loop.execute(() -> older.close(CloseReason.REPLACED));
        }
    }

    private void dismiss(Listener listener, JoinRequest request, Rendition rendition) {
        listeners.decrementAndGet();
        present.remove(listener);
        if (request.client() != null) {
            clients.remove(request.client(), listener);
        }
        rendition.dismiss(listener);
    }
}
