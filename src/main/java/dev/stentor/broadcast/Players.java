package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.ControlChanged;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.PlayerControl;
import dev.stentor.clock.TickClock;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Questions and requests to the players of one broadcast, and to single ones: to those on all nodes if this one owns the channel, else to those
 * here. Methods may be called from any thread; signals may come on the clock's thread: move them to another before any work.
 */
public final class Players {

    private final ChannelName channel;
    private final TickClock clock;
    private final Supplier<PlayersElsewhere> elsewhere;
    private final Attendance attendance;
    private final ListenerControls controls;
    private final CutReports cuts;
    private final PlainFeed plain;
    private final Consumer<ChannelEvent> tell;
    private boolean closed;

    /**
     * @param elsewhere the players of other nodes, as far as this one asks them
     * @param tell tells all players of an event
     */
    Players(
            ChannelName channel,
            TickClock clock,
            Supplier<PlayersElsewhere> elsewhere,
            Attendance attendance,
            ListenerControls controls,
            CutReports cuts,
            PlainFeed plain,
            Consumer<ChannelEvent> tell) {
        this.channel = channel;
        this.clock = clock;
        this.elsewhere = elsewhere;
        this.attendance = attendance;
        this.controls = controls;
        this.cuts = cuts;
        this.plain = plain;
        this.tell = tell;
    }

    /** Completes when each player that plays has told where a clear of that generation silenced it, or has left. */
    public Mono<Void> silenced(int generation) {
        return Mono.defer(
                () -> Mono.when(silencedHere(generation), elsewhere.get().silenced(channel, generation)));
    }

    private Mono<Void> silencedHere(int generation) {
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
     * @return what holds from now on; empty if the channel is gone
     */
    public Mono<PlayerControl> control(PlayerControl change) {
        return Mono.create(sink -> clock.execute(() -> {
            if (closed) {
                sink.success();
                return;
            }
            PlayerControl control = controls.change(change);
            tell.accept(new ControlChanged(control));
            sink.success(control);
        }));
    }

    /**
     * Tells one listener alone how loud to play. One with an id of its own is told again whenever it comes back, until all are told. Fails
     * with {@link dev.stentor.channel.ChannelException} if it was not found, and a node does not answer.
     *
     * @param name id of the connection, or the listener's own id
     * @return what holds for it from now on; empty if there is none of that name
     */
    public Mono<ToldControl> control(String name, PlayerControl change) {
        Mono<ToldControl> here = Mono.create(
                sink -> clock.execute(() -> sink.success(controls.change(attendance.present(), name, change))));
        return here.switchIfEmpty(Mono.defer(() -> elsewhere.get().control(channel, name, change)))
                .flatMap(told -> shared(told).thenReturn(told));
    }

    /** Lets all nodes know what one listener was told, which may come back at any of them. */
    private Mono<Void> shared(ToldControl told) {
        if (told.client() == null) {
            return Mono.empty();
        }
        var known = KnownControls.of(told.client(), told.control());
        return remember(known).then(Mono.defer(() -> elsewhere.get().remember(channel, known)));
    }

    /** Takes note of what another node knows, and tells those listeners that are here. */
    public Mono<Void> remember(KnownControls known) {
        return onClock(() -> {
                    controls.remember(attendance.present(), known);
                    return true;
                })
                .then();
    }

    /** Emits the loudness that was set. */
    public Mono<KnownControls> controls() {
        return onClock(controls::known);
    }

    private <T> Mono<T> onClock(Supplier<T> action) {
        return Mono.create(sink -> clock.execute(() -> sink.success(action.get())));
    }

    /**
     * Sends one listener away: it is told that it was removed, and to stay away. Fails with {@link dev.stentor.channel.ChannelException} if
     * there was none, and a node does not answer.
     *
     * @param name id of the connection, or the listener's own id
     * @return whether there was one of that name
     */
    public Mono<Boolean> sendAway(String name) {
        Mono<Boolean> there = Mono.defer(() -> elsewhere.get().sendAway(channel, name));
        return sendAwayHere(name)
                .flatMap(here -> here ? there.onErrorReturn(true).thenReturn(true) : there);
    }

    private Mono<Boolean> sendAwayHere(String name) {
        return Mono.create(sink -> clock.execute(() -> {
            List<Listener> named = attendance.named(name);
            named.forEach(listener -> listener.loop().execute(() -> listener.sendAway(CloseReason.REMOVED)));
            sink.success(plain.sendAway(name) || !named.isEmpty());
        }));
    }

    /** Completes what waits for players: the channel is gone. */
    void close() {
        closed = true;
        cuts.close();
    }
}
