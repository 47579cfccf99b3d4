package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.ControlChanged;
import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelOutput;
import dev.stentor.channel.PlayerControl;
import dev.stentor.clock.TickClock;
import io.netty.buffer.ByteBufAllocator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The broadcast of one channel: each event is encoded once for each {@link Rendition}, and handed to all listeners of that. No
 * listener can slow the channel or another listener.
 *
 * <p>Methods that say so may be called from any thread; all else is confined to the clock's thread.
 */
public final class Broadcast implements ChannelOutput {

    private volatile StreamParameters parameters;
    private final TickClock clock;
    private final EntryEncoder encoder;
    private final RenditionsByFormat renditions;
    private final PlainFeed plain;
    private final EventFeed news;
    private final Map<String, Listener> clients = new HashMap<>();
    private final Set<Listener> present = ConcurrentHashMap.newKeySet();
    private final GroupDelay groupDelay = new GroupDelay();
    private final ReportPace pace;
    private final ListenerControls controls = new ListenerControls();
    private final CutReports cuts = new CutReports(this::connected);
    private final ReportsToClock reports;
    private final AtomicInteger listeners = new AtomicInteger();
    private final Runnable onClose;
    private volatile long released;
    private boolean closed;
    private boolean removed;

    /** @param onClose run once, on the clock's thread */
    Broadcast(
            StreamParameters parameters,
            SoundEncoding encoding,
            TickClock clock,
            ByteBufAllocator allocator,
            BroadcastStats stats,
            Runnable onClose) {
        this.parameters = parameters;
        this.pace = new ReportPace(parameters.settings().report());
        this.clock = clock;
        this.onClose = onClose;
        this.encoder = new EntryEncoder(allocator, 1);
        this.plain = new PlainFeed(clock, encoding, stats);
        this.renditions = new RenditionsByFormat(parameters, encoding, clock, allocator, stats, encoder.headSeq() + 1);
        this.news = new EventFeed(parameters.channel(), parameters.epoch(), clock, renditions.past());
        this.reports = new ReportsToClock(clock, news, cuts);
    }

    /** Admits a listener. It is greeted, and gets entries, on its own event loop, until it leaves. From any thread. */
    public void join(Listener listener, JoinRequest request) {
        listeners.incrementAndGet();
        clock.execute(() -> admit(listener, request));
    }

    /** Returns how many listen, over WebSocket and plain HTTP; from any thread. */
    public int listeners() {
        return listeners.get() + plain.listeners();
    }

    /** Returns the figures of each listener that has joined, over WebSocket and plain HTTP, in no order; from any thread. */
    public List<ListenerStatus> statuses() {
        return Stream.concat(connected(), plain.statuses().stream()).toList();
    }

    private Stream<ListenerStatus> connected() {
        long now = clock.micros();
        return present.stream().map(listener -> listener.status(released, now));
    }

    /**
     * Completes when each player that plays has told where a clear of that generation silenced it, or has left. The signal
     * comes on the clock's thread: move it to another before any work.
     */
    public Mono<Void> silenced(int generation) {
        return Mono.create(sink -> {
            clock.execute(() -> {
                if (closed) {
                    sink.success();
                } else {
                    cuts.await(generation, sink);
                }
            });
            sink.onDispose(() -> clock.execute(() -> cuts.forget(sink)));
        });
    }

    /**
     * Tells all players how loud to play, and all who join later.
     *
     * @return what holds from now on; empty if the channel is gone. The signal comes on the clock's thread
     */
    public Mono<PlayerControl> control(PlayerControl change) {
        return Mono.create(sink -> clock.execute(() -> {
            if (closed) {
                sink.success();
                return;
            }
            PlayerControl control = controls.change(change);
            on(new ControlChanged(control));
            flush();
            sink.success(control);
        }));
    }

    /** Returns how loud all players are to play, as it was last set; from any thread. */
    public PlayerControl control() {
        return controls.all();
    }

    /**
     * Tells one listener alone how loud to play. One with an id of its own is told again whenever it comes back, until all are told.
     *
     * @param name id of the connection, or the listener's own id
     * @return what holds for it from now on; empty if there is none of that name. The signal comes on the clock's thread
     */
    public Mono<PlayerControl> control(String name, PlayerControl change) {
        return Mono.create(sink -> clock.execute(() -> sink.success(controls.change(present, name, change))));
    }

    /**
     * Sends one listener away: it is told that it was removed, and to stay away.
     *
     * @param name id of the connection, or the listener's own id
     * @return whether there was one of that name. The signal comes on the clock's thread
     */
    public Mono<Boolean> sendAway(String name) {
        return Mono.create(sink -> clock.execute(() -> {
            List<Listener> named =
                    present.stream().filter(listener -> listener.isNamed(name)).toList();
            named.forEach(listener -> listener.loop().execute(() -> listener.sendAway(CloseReason.REMOVED)));
            sink.success(plain.sendAway(name) || !named.isEmpty());
        }));
    }

    /** Returns the feed of all events but the sound, for back ends. */
    public EventFeed news() {
        return news;
    }

    /** Returns the sound alone, for clients that speak no protocol. */
    public PlainFeed plain() {
        return plain;
    }

    @Override
    public void on(ChannelEvent event) {
        if (event instanceof LeadChanged changed) {
            follow(parameters.withLead(changed.leadMillis()));
        }
        Entry entry = encoder.encode(event, clock.micros(), parameters.settings());
        groupDelay.on(event);
        renditions.add(entry);
        news.on(entry);
        released = renditions.past().headPos();
        plain.on(event);
    }

    @Override
    public void flush() {
        audiences().forEach(Audience::flush);
    }

    @Override
    public boolean hasListeners() {
        return listeners() > 0 || news.isFollowed();
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        cuts.close();
        if (removed) {
            audiences().forEach(audience -> audience.sendAway(CloseReason.NO_SUCH_CHANNEL));
            plain.close();
            news.close();
        } else {
            drain(0, 0);
        }
        renditions.release();
        onClose.run();
    }

    /** Returns how its listeners are treated; from any thread. */
    public BroadcastSettings settings() {
        return parameters.settings();
    }

    /** Returns the bit rate of sound in Opus, in bit/s; from any thread. */
    public int opusBitrate() {
        return renditions.opusBitrate();
    }

    /** Treats its listeners in another way from now on. A rendition in Opus that exists keeps its encoding. */
    void follow(BroadcastSettings newSettings, SoundEncoding newEncoding) {
        renditions.encodeBy(newEncoding);
        treat(newSettings);
    }

    private void treat(BroadcastSettings newSettings) {
        BroadcastSettings wanted = pace.in(groupDelay.in(newSettings));
        TimelineMoved again = groupDelay.again(parameters.settings(), wanted);
        boolean otherPace = ReportPace.differs(parameters.settings(), wanted);
        follow(parameters.withSettings(wanted));
        if (again != null) {
            on(again);
        }
        if (otherPace) {
            on(new LeadChanged(renditions.generation(), parameters.leadMillis())); // `stream` has the pace too
        }
        if (again != null || otherPace) {
            flush();
        }
    }

    /** Counts the listeners that report, and treats all by their number. */
    private void count(int change) {
        pace.count(change);
        if (ReportPace.differs(parameters.settings(), pace.in(parameters.settings()))) {
            treat(parameters.settings());
        }
    }

    private void follow(StreamParameters newParameters) {
        parameters = newParameters;
        renditions.follow(newParameters);
    }

    /** Marks the channel as removed: when it closes, its listeners are told not to come back. */
    void remove() {
        removed = true;
    }

    /** Sends all listeners away; they are asked to come back after a rest, spread over the given time. */
    void drain(long restMillis, long spreadMillis) {
        audiences().forEach(audience -> audience.drain(restMillis, spreadMillis));
        plain.close();
        news.close();
    }

    private void admit(Listener listener, JoinRequest request) {
        if (closed) {
            listeners.decrementAndGet();
            listener.loop()
                    .execute(removed ? () -> listener.sendAway(CloseReason.NO_SUCH_CHANNEL) : () -> listener.bye(0));
            return;
        }
        replaceOlder(listener, request.client());
        present.add(listener);
        listener.onReport(reports);
        controls.tell(listener, request.client());
        count(1);
        if (request.sync() && groupDelay.ask()) {
            treat(parameters.settings());
        }
        Audience audience = renditions.of(request.format());
        audience.admit(listener, request, () -> clock.execute(() -> dismiss(listener, request, audience)));
    }

    private Stream<Audience> audiences() {
        return renditions.audiences();
    }

    private void replaceOlder(Listener listener, @Nullable String client) {
        Listener older = client == null ? null : clients.put(client, listener);
        if (older != null) {
            older.loop().execute(() -> older.close(CloseReason.REPLACED));
        }
    }

    private void dismiss(Listener listener, JoinRequest request, Audience audience) {
        listeners.decrementAndGet();
        present.remove(listener);
        cuts.look();
        if (!closed) {
            count(-1);
        }
        if (request.client() != null) {
            clients.remove(request.client(), listener);
        }
        renditions.dismiss(listener, audience);
    }
}
