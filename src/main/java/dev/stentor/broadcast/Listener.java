package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.broadcast.socket.Outlet;
import dev.stentor.broadcast.socket.WebSocketFraming;
import dev.stentor.channel.MixLevels;
import dev.stentor.channel.PlayerControl;
import dev.stentor.clock.OffsetClock;
import dev.stentor.clock.OffsetClock.Offset;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection that listens, or is about to: what it asks for, and what it is answered. Its place in the ring is a {@link
 * RingCursor}. Confined to the connection's event loop, but for {@link #status} and {@link #loop}.
 */
public final class Listener {

    private static final Offset EXACT = new Offset(0, 0);

    private final Outlet outlet;
    private final Executor loop;
    private final LongSupplier micros;
    private final long openedMicros;
    /** The clock of the channel that it joins; null before. */
    private volatile @Nullable OffsetClock clock;

    private final ListenerStats stats;
    private final RingCursor cursor;
    private @Nullable ListenerGroup group;
    private @Nullable Runnable onLeave;
    private @Nullable ReportsToClock reports;
    private @Nullable PlayerControl control;
    private boolean gone;

    /**
     * Creates a listener that has not joined yet.
     *
     * @param loop the connection's event loop
     * @param micros the clock's time
     * @param report the time between two reports of its player
     */
    public Listener(Outlet outlet, Executor loop, LongSupplier micros, Duration report) {
        this.outlet = outlet;
        this.loop = loop;
        this.micros = micros;
        this.openedMicros = micros.getAsLong();
        this.stats = new ListenerStats(report);
        this.cursor = new RingCursor(outlet, stats);
    }

    /** Continues sending; to be called when the outlet can take more. */
    public void writable() {
        if (group != null) {
            group.catchUp(cursor);
        }
    }

    /** Stops the entries, or continues at the live edge; the listener is told what it missed. */
    public void flow(boolean on) {
        if (gone || cursor.isFlowing() == on) {
            return;
        }
        cursor.flow(on);
        if (group == null) {
            return;
        }
        if (on) {
            group.skip(cursor, GapCause.POLICY);
            group.serve(cursor);
        } else {
            group.halt(cursor);
        }
    }

    /**
     * Answers a question for the time of the channel's clock. Does not if the client leaves unread what it was sent, so that nothing piles up.
     *
     * @param bytes the client's own stamp, a JSON number, from one index up to another; it goes back as it came
     * @param receivedMicros when the question came, by the clock of this process
     */
    public void time(byte[] bytes, int from, int to, long receivedMicros) {
        if (outlet.isWritable()) {
            OffsetClock its = clock;
            Offset offset = its == null ? EXACT : its.offset();
            outlet.write(TimeAnswer.frame(
                    bytes,
                    from,
                    to,
                    receivedMicros + offset.micros(),
                    micros.getAsLong() + offset.micros(),
                    offset.errorMicros()));
            outlet.flush();
        }
    }

    /** Tells how loud the mix is, unless it has not joined yet, or leaves unread what it was sent; returns whether it was told. */
    public boolean levels(MixLevels levels) {
        boolean told = group != null && outlet.isWritable();
        if (told) {
            send(Messages.levels(levels));
        }
        return told;
    }

    /** Tells the client of its mistake. */
    public void error(String code, String message, boolean fatal) {
        send(Messages.error(code, message, fatal));
    }

    /**
     * Refuses a command of the client; the connection stays.
     *
     * @param ref the client's name for the command; null if it has none
     */
    public void refused(@Nullable String ref, String code, String message) {
        send(Messages.refused(ref, code, message));
    }

    /**
     * Confirms a text that the client has spoken.
     *
     * @param ref the client's name for it
     * @param id of the utterance
     */
    public void said(String ref, String id) {
        send(Messages.said(ref, id));
    }

    /** Tells how loud this listener's player is to play; once it has joined, if it has not yet. */
    void control(PlayerControl newControl) {
        control = newControl;
        if (group != null && !gone) {
            send(Messages.control(newControl));
        }
    }

    /** Takes note of what the player tells about itself. */
    public void report(ListenerReport report) {
        OffsetClock its = clock;
        long now = its == null ? micros.getAsLong() : its.micros();
        long underruns = stats.reported(report, now);
        if (group != null) {
            group.reported(cursor, underruns, now);
        }
        if (reports != null && reports.areWanted()) {
            reports.add(stats.status());
        }
    }

    /** Sends a ping. */
    public void ping() {
        outlet.write(WebSocketFraming.ping());
        outlet.flush();
    }

    /** Tells the reason, then closes. */
    public void close(CloseReason reason) {
        if (group != null) {
            group.halt(cursor);
        }
        cursor.close(reason);
    }

    /** Lets go of everything; to be called when the connection is gone. May be called more than once. */
    public void leave() {
        if (!gone) {
            gone = true;
            cursor.flow(false);
            if (group != null) {
                group.remove(cursor);
            }
            if (onLeave != null) {
                onLeave.run();
            }
        }
    }

    /** Returns the connection's event loop; from any thread. */
    Executor loop() {
        return loop;
    }

    /** Says good-bye and closes; the client comes back after the given time. */
    void bye(long reconnectAfterMillis) {
        send(Messages.byeUntil(reconnectAfterMillis));
        close(CloseReason.DRAIN);
    }

    /** Says good-bye for good and closes. */
    void sendAway(CloseReason reason) {
        send(Messages.byeForGood());
        close(reason);
    }

    /**
     * Joins the listeners of its loop, unless the connection is gone already.
     *
     * @param request what its hello asked for
     * @param action run once it leaves, see {@link #onLeave}
     */
    void join(ListenerGroup newGroup, JoinRequest request, Runnable action) {
        onLeave(action);
        if (!gone) {
            group = newGroup;
            stats.joined(request);
            newGroup.add(cursor, request);
            newGroup.joined(request, micros.getAsLong() - openedMicros);
            if (control != null) {
                send(Messages.control(control));
            }
        }
    }

    /** Sets what is run once it leaves; runs it at once if it has left already. */
    void onLeave(Runnable action) {
        if (gone) {
            action.run();
        } else {
            onLeave = action;
        }
    }

    /** Goes by the clock of the channel that it is about to join. */
    void goBy(OffsetClock channelClock) {
        clock = channelClock;
    }

    /** Sets the way on which its reports go on. To be called before it joins. */
    void onReport(ReportsToClock way) {
        reports = way;
    }

    /** Tells whether it has joined and is known by that name: that of its connection, or its own; from any thread. */
    boolean isNamed(String name) {
        ListenerStatus known = stats.status();
        return name.equals(known.connection()) || name.equals(known.client());
    }

    /** Returns its own id; null if it gave none, or has not joined; from any thread. */
    @Nullable String client() {
        return stats.status().client();
    }

    /**
     * Returns its figures; from any thread.
     *
     * @param released the sample after the last one that was released
     */
    ListenerStatus status(long released, long nowMicros) {
        return stats.status(released, nowMicros);
    }

    private void send(String json) {
        outlet.write(WebSocketFraming.text(json));
        outlet.flush();
    }
}
