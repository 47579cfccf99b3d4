package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.broadcast.socket.Outlet;
import dev.stentor.broadcast.socket.WebSocketFraming;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection that listens, or is about to: a cursor in the ring of its channel. Confined to the connection's event loop.
 */
public final class Listener {

    /** Of one that lacks nothing. */
    static final long NEVER = Long.MAX_VALUE;

    /** The place of one that is not in step. */
    static final int OUT_OF_STEP = -1;

    final Outlet outlet;
    final Executor loop;
    private final LongSupplier micros;
    private @Nullable ListenerGroup group;
    private @Nullable Runnable departure;
    private @Nullable Consumer<ListenerStatus> witness;
    private boolean gone;
    private volatile ListenerStatus status = ListenerStatus.of("", null);
    private volatile long waitingSinceMicros = NEVER;
    private final HeardLedger ledger = new HeardLedger();
    boolean flowing = true;
    /** The entry that it gets next. */
    long cursor;
    /** The last entry of the history that it is being sent; the lag policy rests until then. */
    long replayUntil;
    /** The sample after the last frame that it got. */
    long pos;
    /** How far behind it may be because it asked for the past, in samples. */
    long allowed;
    /** Whether its player was further behind than it may be, by its latest report. */
    boolean playsLate;
    /** Where it stands among those in step. */
    int place = OUT_OF_STEP;

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
            group.catchUp(this);
        }
    }

    /** Stops the entries, or goes on at the live edge; the listener is told what it missed. */
    public void flow(boolean on) {
        if (flowing != on) {
            flowing = on;
            waitsSince(NEVER);
            if (group == null) {
                return;
            }
            if (on) {
                group.skip(this, GapCause.POLICY);
                group.serve(this);
            } else {
                group.halt(this);
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

    /**
     * Refuses something that the client asked for; the connection stays.
     *
     * @param ref what the client calls it; null if it does not
     */
    public void refused(@Nullable String ref, String code, String message) {
        send(Messages.refused(ref, code, message));
    }

    /** Takes note of a text that the client has spoken: its own name for it, and the utterance's id. */
    public void said(String ref, String id) {
        send(Messages.said(ref, id));
    }

    /** Takes note of what the player tells about itself. */
    public void report(ListenerReport report) {
        long now = micros.getAsLong();
        ledger.reported(report, now);
        refresh();
        if (group != null) {
            long behind = status.ledger().behind(group.released(), now);
            allowed = Math.min(allowed, behind);
            playsLate = behind > group.mostBehind(this);
            if (playsLate) {
                group.suspect(this);
            }
        }
        if (witness != null) {
            witness.accept(status);
        }
    }

    /** Asks for a sign of life. */
    public void ping() {
        outlet.write(WebSocketFraming.ping());
        outlet.flush();
    }

    /** Says why, then closes. */
    public void close(CloseReason reason) {
        flowing = false;
        if (group != null) {
            group.halt(this);
        }
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

    /** Says good-bye for good. */
    void sendAway(CloseReason reason) {
        send(Messages.bye("removed", 0, false));
        close(reason);
    }

    boolean isGone() {
        return gone;
    }

    /**
     * How it stands; from any thread.
     *
     * @param released the sample after the last one that was released
     */
    ListenerStatus status(long released, long nowMicros) {
        ListenerStatus known = status;
        long age = Math.max(0, nowMicros - waitingSinceMicros) / 1_000;
        return known.withLag(Math.max(age, known.ledger().behind(released, nowMicros) / 24));
    }

    /** When what it gets next was released; {@link #NEVER} if it lacks nothing. */
    void waitsSince(long releasedMicros) {
        if (waitingSinceMicros != releasedMicros) {
            waitingSinceMicros = releasedMicros;
        }
    }

    void joined(ListenerGroup newGroup, JoinRequest request) {
        group = newGroup;
        status = ListenerStatus.of(request.connection(), request.client()).withLedger(ledger.snapshot());
    }

    /** It was not there before that sample. */
    void missed(long to) {
        ledger.lost(0, to);
        refresh();
    }

    void skipped(long from, long to, GapCause cause) {
        ledger.lost(from, to);
        playsLate = false;
        status = status.withLosses(status.losses().and(cause, (to - from) / 24));
        refresh();
    }

    /** What it got before that sample is not to be played any more. */
    void cleared(long at) {
        pos = at;
        playsLate = false;
        ledger.cleared(at);
        refresh();
    }

    private void refresh() {
        status = status.withLedger(ledger.snapshot());
    }

    /** Who is to see each report. To be set before it joins. */
    void onReport(Consumer<ListenerStatus> newWitness) {
        witness = newWitness;
    }

    /** What is to be done once it leaves; at once if it has left already. */
    void onLeave(Runnable action) {
        if (gone) {
            action.run();
        } else {
            departure = action;
        }
    }

    /** Sends entries that others get too. */
    Outlet.Sent send(Parcel parcel) {
        long before = cursor;
        cursor = parcel.nextSeq();
        Outlet.Sent sent = outlet.send(parcel.bytes());
        if (sent == Outlet.Sent.REFUSED) {
            cursor = before;
            return sent;
        }
        if (parcel.clearedPos() != Parcel.NOWHERE) {
            cleared(parcel.clearedPos());
        }
        if (parcel.pos() != Parcel.NOWHERE) {
            pos = parcel.pos();
        }
        return sent;
    }

    /** Writes a message of its own, and sends it with the next flush of the outlet. */
    void write(String json) {
        outlet.write(WebSocketFraming.text(ByteBufAllocator.DEFAULT, json.getBytes(StandardCharsets.UTF_8)));
    }

    private void send(String json) {
        write(json);
        outlet.flush();
    }
}
