package dev.stentor.broadcast;

import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection that listens, or is about to: a cursor in the ring of its channel. Confined to the connection's event loop.
 */
public final class Listener {

    final Outlet outlet;
    final Executor loop;
    private final LongSupplier micros;
    private @Nullable ListenerGroup group;
    private @Nullable Runnable departure;
    private boolean gone;
    private volatile ListenerStatus status = new ListenerStatus("", null, 0, 0, HeardLedger.Snapshot.NOTHING);
    private final HeardLedger ledger = new HeardLedger();
    boolean flowing = true;
    /** The entry that it gets next. */
    long cursor;
    /** The last entry of the history that it is being sent; the lag policy rests until then. */
    long replayUntil;
    /** The sample after the last frame that it got. */
    long pos;

    /**
     * A connection that has not joined yet.
     *
     * @param loop the connection's event loop
     * @param micros the clock's time
     */
    public Listener(Outlet outlet, Executor loop, LongSupplier micros) {
        this.outlet = outlet;
        this.loop = loop;
        this.micros = micros;
    }

    /** To be called when the outlet can take more. */
    public void writable() {
        if (group != null) {
            group.serve(this);
        }
    }

    /** Stops the entries, or goes on at the live edge; the listener is told what it missed. */
    public void flow(boolean on) {
        if (flowing != on) {
            flowing = on;
            if (on && group != null) {
                group.skip(this, "policy");
                group.serve(this);
            }
        }
    }

    /**
     * Answers a question for the time; does not, if the client leaves unread what it was sent, so that nothing piles up.
     *
     * @param t0 the client's own stamp, a JSON number that goes back as it came
     * @param receivedMicros when the question came
     */
    public void time(String t0, long receivedMicros) {
        if (outlet.isWritable()) {
            send(Messages.time(t0, receivedMicros, micros.getAsLong()));
        }
    }

    /** Tells of something that the client did wrong. */
    public void error(String code, String message, boolean fatal) {
        send(Messages.error(code, message, fatal));
    }

    /** Takes note of what the player tells about itself. */
    public void report(ListenerReport report) {
        ledger.reported(report, micros.getAsLong());
        refresh(0, 0);
    }

    /** Asks for a sign of life. */
    public void ping() {
        outlet.write(WebSocketFraming.ping());
        outlet.flush();
    }

    /** Says why, then closes. */
    public void close(CloseReason reason) {
        flowing = false;
        outlet.close(reason);
    }

    /** The connection is gone. May be called more than once. */
    public void leave() {
        if (!gone) {
            gone = true;
            if (group != null) {
                group.remove(this);
            }
            if (departure != null) {
                departure.run();
            }
        }
    }

    /** Says good-bye; the client comes back after the given time. */
    void bye(long reconnectAfterMillis) {
        send(Messages.bye("drain", reconnectAfterMillis, true));
        close(CloseReason.DRAIN);
    }

    boolean isGone() {
        return gone;
    }

    /** How it stands; from any thread. */
    ListenerStatus status() {
        return status;
    }

    void joined(ListenerGroup newGroup, JoinRequest request) {
        group = newGroup;
        status = new ListenerStatus(request.connection(), request.client(), 0, 0, ledger.snapshot());
    }

    /** It was not there before that sample. */
    void missed(long to) {
        ledger.lost(0, to);
        refresh(0, 0);
    }

    void skipped(long from, long to) {
        ledger.lost(from, to);
        refresh(1, (to - from) / 24);
    }

    private void refresh(int gaps, long millis) {
        ListenerStatus was = status;
        status = new ListenerStatus(
                was.connection(), was.client(), was.gaps() + gaps, was.skippedMillis() + millis, ledger.snapshot());
    }

    /** What is to be done once it leaves; at once if it has left already. */
    void onLeave(Runnable action) {
        if (gone) {
            action.run();
        } else {
            departure = action;
        }
    }

    void send(String json) {
        outlet.write(WebSocketFraming.text(ByteBufAllocator.DEFAULT, json.getBytes(StandardCharsets.UTF_8)));
        outlet.flush();
    }
}
