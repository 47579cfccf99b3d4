package dev.stentor.broadcast;

import dev.stentor.broadcast.RelayedEntry.Began;
import dev.stentor.broadcast.RelayedEntry.Ended;
import dev.stentor.broadcast.RelayedEntry.Happened;
import dev.stentor.clock.OffsetClock;
import dev.stentor.clock.OffsetClock.Offset;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * The broadcast of a channel that another node owns. It takes what that node tells, in the order of the numbers; listeners of both get the
 * same entries. Confined to the clock's thread, but for {@link #opened}. See ADR 51.
 */
public final class FedBroadcast {

    /** By how much the wall clocks of two machines may differ that are kept right, in µs. */
    private static final long WALL_ERROR_MICROS = 100_000;

    /** The time over which listeners come back that have to begin again. */
    static final long SPREAD_MILLIS = 1_000;

    private final Maker maker;
    private final OffsetClock clock;
    private final LongSupplier wallMillis;
    private final Sinks.One<Broadcast> opened = Sinks.one();
    private @Nullable Broadcast broadcast;
    private long epoch;
    private boolean live;
    private boolean over;

    /** Makes the broadcast when the first state is known. */
    @FunctionalInterface
    interface Maker {
        Broadcast make(long epoch, RelayedState state, BroadcastStart start);
    }

    /** @param clock the channel's, which is set by the first state if it was not before */
    FedBroadcast(Maker maker, OffsetClock clock) {
        this(maker, clock, System::currentTimeMillis);
    }

    /** @param wallMillis the wall clock of this machine */
    FedBroadcast(Maker maker, OffsetClock clock, LongSupplier wallMillis) {
        this.maker = maker;
        this.clock = clock;
        this.wallMillis = wallMillis;
    }

    /** Emits the broadcast once listeners can join it; empty if it is over before. From any thread. */
    public Mono<Broadcast> opened() {
        return opened.asMono();
    }

    /**
     * Takes what the owner tells next. What is told of a time before the first state is left out, and so is what an earlier owner tells.
     *
     * @param seq the number under which it was told
     */
    public void take(long itsEpoch, long seq, FedEntry entry) {
        if (over || itsEpoch < epoch) {
            return;
        }
        switch (entry.told()) {
            case Began(RelayedState state) -> {
                if (broadcast == null) {
                    open(itsEpoch, seq + 1, state);
                } else if (itsEpoch > epoch) {
                    lose(); // a channel of that name has begun anew
                }
            }
            case Ended(boolean removed) -> end(removed);
            case Happened happened -> happened(itsEpoch, seq, happened);
        }
    }

    /**
     * Hands on what has gathered, now that all of the past is known. What is told from now on counts as released when it comes, however late
     * that is: listeners are not to blame for it.
     */
    public void goLive() {
        live = true;
        flush();
    }

    /** Hands on what has gathered. */
    public void flush() {
        if (broadcast != null) {
            broadcast.flush();
        }
    }

    /** Ends it because entries are missing: listeners are asked to come back, and are told then what they missed. */
    public void lose() {
        if (broadcast != null) {
            end(false);
        }
    }

    /** Returns to where the channel was heard; empty if nothing is heard of it. */
    public Optional<HeardUntil> heardUntil() {
        return over || broadcast == null
                ? Optional.empty()
                : Optional.of(broadcast.takeover().heardUntil());
    }

    private void happened(long itsEpoch, long seq, Happened happened) {
        RelayedState state = happened.state();
        if (broadcast == null && state != null) {
            open(itsEpoch, seq, state);
        }
        if (broadcast == null || seq < broadcast.nextSeq()) {
            return;
        }
        if (seq > broadcast.nextSeq()) {
            lose();
        } else {
            if (itsEpoch > epoch && state != null) {
                epoch = itsEpoch;
                broadcast.goOn(itsEpoch, state.lineage());
            }
            broadcast.on(happened, live);
        }
    }

    private void open(long itsEpoch, long firstSeq, RelayedState state) {
        epoch = itsEpoch;
        if (clock.offset().errorMicros() == 0) {
            long now = clock.micros() - clock.offset().micros();
            long sinceMicros = TimeUnit.MILLISECONDS.toMicros(wallMillis.getAsLong()) - state.wallMicros();
            clock.shift(new Offset(state.clockMicros() + sinceMicros - now, WALL_ERROR_MICROS));
        }
        Broadcast made = maker.make(itsEpoch, state, new BroadcastStart(firstSeq, state.before()));
        broadcast = made;
        var _ = opened.tryEmitValue(made);
    }

    private void end(boolean removed) {
        if (over) {
            return;
        }
        over = true;
        var _ = opened.tryEmitEmpty();
        if (broadcast != null) {
            if (removed) {
                broadcast.remove();
            }
            broadcast.close(SPREAD_MILLIS);
        }
    }
}
