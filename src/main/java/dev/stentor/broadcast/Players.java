package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.ControlChanged;
import dev.stentor.channel.PlayerControl;
import dev.stentor.clock.TickClock;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/**
 * What may be asked of the players of one broadcast, and of single ones. Methods may be called from any thread; signals come on the clock's
 * thread: move them to another before any work.
 */
public final class Players {

    private final TickClock clock;
    private final Attendance attendance;
    private final ListenerControls controls;
    private final CutReports cuts;
    private final PlainFeed plain;
    private final Consumer<ChannelEvent> tell;
    private boolean closed;

    /** @param tell tells all players of an event */
    Players(
            TickClock clock,
            Attendance attendance,
            ListenerControls controls,
            CutReports cuts,
            PlainFeed plain,
            Consumer<ChannelEvent> tell) {
        this.clock = clock;
        this.attendance = attendance;
        this.controls = controls;
        this.cuts = cuts;
        this.plain = plain;
        this.tell = tell;
    }

    /** Completes when each player that plays has told where a clear of that generation silenced it, or has left. */
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
     * Tells one listener alone how loud to play. One with an id of its own is told again whenever it comes back, until all are told.
     *
     * @param name id of the connection, or the listener's own id
     * @return what holds for it from now on; empty if there is none of that name
     */
    public Mono<PlayerControl> control(String name, PlayerControl change) {
        return Mono.create(
                sink -> clock.execute(() -> sink.success(controls.change(attendance.present(), name, change))));
    }

    /**
     * Sends one listener away: it is told that it was removed, and to stay away.
     *
     * @param name id of the connection, or the listener's own id
     * @return whether there was one of that name
     */
    public Mono<Boolean> sendAway(String name) {
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
