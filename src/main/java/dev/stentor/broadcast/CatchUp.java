package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Sends to listeners that are not in step what they lack, a parcel in each turn; a listener that is too far behind is skipped
 * or closed, as the lag policy says. Confined to the event loop. See ADR 3 and 24.
 */
final class CatchUp {

    /** The most parcels that all of them get together before other tasks of the loop are run. */
    private static final int PARCELS_PER_TURN = 4;

    private final Executor loop;
    private final LongSupplier micros;
    private final EntryRing ring;
    private final InStep inStep;
    private final CursorSeek seek;
    private final SequencedSet<RingCursor> waiting = new LinkedHashSet<>();
    private final BroadcastStats stats;
    private BroadcastSettings settings;

    /** @param inStep where cursors go that lack nothing */
    CatchUp(
            Executor loop,
            LongSupplier micros,
            EntryRing ring,
            InStep inStep,
            CursorSeek seek,
            BroadcastSettings settings,
            BroadcastStats stats) {
        this.loop = loop;
        this.micros = micros;
        this.ring = ring;
        this.inStep = inStep;
        this.seek = seek;
        this.settings = settings;
        this.stats = stats;
    }

    /** Changes the lag and its policy from now on. */
    void follow(BroadcastSettings newSettings) {
        settings = newSettings;
    }

    /**
     * Sends a cursor a parcel of what it lacks now, and the rest when its turn comes: however many catch up, a tick waits for a
     * few parcels and no more. A cursor that lacks nothing is in step then.
     */
    void serve(RingCursor cursor) {
        if (serveOnce(cursor)) {
            add(cursor);
        }
    }

    /** Sends a cursor what it lacks, beginning when its turn comes: many sockets may drain at once. */
    void add(RingCursor cursor) {
        if (waiting.isEmpty()) {
            loop.execute(this::takeTurns);
        }
        waiting.add(cursor);
    }

    void remove(RingCursor cursor) {
        waiting.remove(cursor);
    }

    /** Closes a cursor that is not in step if it is too far behind. */
    void closeIfBehind(RingCursor cursor) {
        if (!cursor.isInStep() && cursor.isFlowing() && isBehind(cursor)) {
            cursor.close(CloseReason.SLOW);
        }
    }

    private void takeTurns() {
        try {
            for (int parcels = 0; parcels < PARCELS_PER_TURN && !waiting.isEmpty(); parcels++) {
                RingCursor cursor = waiting.removeFirst();
                if (serveOnce(cursor)) {
                    waiting.addLast(cursor);
                }
            }
        } finally {
            if (!waiting.isEmpty()) {
                loop.execute(this::takeTurns);
            }
        }
    }

    /** Takes the next step for a cursor that is not in step, and returns whether there may be another. */
    private boolean serveOnce(RingCursor cursor) {
        if (cursor.isInStep() || !cursor.isFlowing() || !cursor.outlet().isWritable()) {
            return false;
        }
        leaveCancelled(cursor);
        if (cursor.seq() >= ring.nextSeq()) {
            cursor.stats().lacksNothing();
            inStep.add(cursor);
            return false;
        }
        if (isBehind(cursor)) {
            applyLagPolicy(cursor);
        } else {
            cursor.stats().waitsSince(ring.get(cursor.seq()).releasedMicros());
            Parcel parcel = parcel(cursor);
            stats.sent(parcel.entries());
            var _ = cursor.send(parcel);
            parcel.release();
        }
        return true;
    }

    /** Copies what a cursor lacks. If there is no memory for that, closes it: its client comes back and resumes. */
    private Parcel parcel(RingCursor cursor) {
        try {
            return Parcel.of(ring, cursor.seq());
        } catch (OutOfMemoryError full) {
            cursor.close(CloseReason.SLOW);
            throw full;
        }
    }

    /** Moves a cursor over entries that were cleared: the clear itself comes next. */
    private void leaveCancelled(RingCursor cursor) {
        if (cursor.seq() < ring.firstValidSeq() && ring.holds(cursor.seq())) {
            cursor.moveTo(ring.firstValidSeq());
        }
    }

    /** Applies the lag policy to a cursor that is too far behind. */
    private void applyLagPolicy(RingCursor cursor) {
        switch (settings.policy()) {
            case CLOSE -> cursor.close(CloseReason.SLOW);
            case SKIP -> {
                skip(cursor);
                cursor.forgiveLateness(); // if there was nothing to skip, its next report will say so again
            }
        }
    }

    /** Moves a cursor to the live edge. If there is no memory to tell its client, closes it. */
    private void skip(RingCursor cursor) {
        try {
            seek.skip(cursor, cursor.isReplaying() ? GapCause.HISTORY : GapCause.SLOW);
        } catch (OutOfMemoryError full) {
            cursor.close(CloseReason.SLOW);
            throw full;
        }
    }

    private boolean isBehind(RingCursor cursor) {
        if (!ring.holds(cursor.seq())) {
            return true;
        }
        long late = ring.lateMicros(cursor.seq(), micros.getAsLong());
        boolean behind = cursor.playsLate() || late > settings.lag().toMillis() * 1_000;
        return behind && !cursor.isReplaying();
    }
}
