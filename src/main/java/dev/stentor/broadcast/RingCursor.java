package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.broadcast.socket.Outlet;

/**
 * The place of one listener in the ring of its channel, and the outlet that it is served through. A walk of a tick touches
 * nothing else of a listener, so that one object is fetched for each. Confined to the connection's event loop.
 */
final class RingCursor {

    /** The place of a cursor that is not in step. */
    private static final int OUT_OF_STEP = -1;

    private final Outlet outlet;
    private final ListenerStats stats;
    private boolean flowing = true;
    /** The number of the entry that is sent next. */
    private long seq;
    /** The number of the last entry of the past that it asked for, or is sent to start a decoder. */
    private long replayUntil;
    /** The sample after the last frame that was sent. */
    private long pos;
    /** The most that its player may be behind because it asked for the past, in samples. */
    private long allowed;
    /** True if its player was further behind than it may be, by its latest report. */
    private boolean playsLate;
    /** The index in {@link InStep}; {@link #OUT_OF_STEP} if it is not there. */
    private int place = OUT_OF_STEP;

    RingCursor(Outlet outlet, ListenerStats stats) {
        this.outlet = outlet;
        this.stats = stats;
    }

    Outlet outlet() {
        return outlet;
    }

    ListenerStats stats() {
        return stats;
    }

    /** Returns the number of the entry that is sent next. */
    long seq() {
        return seq;
    }

    /** Returns the sample after the last frame that was sent. */
    long pos() {
        return pos;
    }

    /** Moves to an entry; nothing is sent. */
    void moveTo(long newSeq) {
        seq = newSeq;
    }

    /**
     * Moves to an entry; nothing is sent.
     *
     * @param newPos the sample that is heard next
     */
    void moveTo(long newSeq, long newPos) {
        seq = newSeq;
        pos = newPos;
    }

    /**
     * Sends entries that other listeners get too, and moves behind them. If the outlet refuses them, the cursor stays.
     */
    Outlet.Sent send(Parcel parcel) {
        long before = seq;
        seq = parcel.nextSeq();
        Outlet.Sent sent = parcel.sendTo(outlet);
        if (sent == Outlet.Sent.REFUSED) {
            seq = before;
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

    /** Notes that what was sent before this sample is not to be played any more. */
    void cleared(long at) {
        pos = at;
        playsLate = false;
        stats.cleared(at);
    }

    /** Notes that the samples from where it stands up to {@code to} are never sent. */
    void skipped(long to, GapCause cause) {
        playsLate = false;
        stats.skipped(pos, to, cause);
    }

    /**
     * Lets the lag policy rest until an entry is sent.
     *
     * @param behind how many samples its player is behind by that
     */
    void replay(long untilSeq, long behind) {
        replayUntil = untilSeq;
        allowed = behind;
    }

    /** Tells whether the past that it was promised is still being sent. */
    boolean isReplaying() {
        return seq <= replayUntil;
    }

    /**
     * Takes note of how far behind its player is, all in samples.
     *
     * @param lead by so much each player is behind
     * @param lag by so much it may be later than that, or than the past that it asked for
     * @return whether it is later than it may be
     */
    boolean reported(long behind, long lead, long lag) {
        allowed = Math.min(allowed, behind);
        playsLate = behind > Math.max(lead, allowed) + lag;
        return playsLate;
    }

    boolean playsLate() {
        return playsLate;
    }

    /** Forgets that its player is late, until its next report. */
    void forgiveLateness() {
        playsLate = false;
    }

    /** Tells whether it is to be sent entries at all. */
    boolean isFlowing() {
        return flowing;
    }

    void flow(boolean on) {
        flowing = on;
        stats.lacksNothing();
    }

    /** Sends no more entries, and closes the connection. */
    void close(CloseReason reason) {
        flowing = false;
        outlet.close(reason);
    }

    boolean isInStep() {
        return place != OUT_OF_STEP;
    }

    /** Returns the index in {@link InStep}; negative if it is not there. */
    int place() {
        return place;
    }

    void enterStep(int newPlace) {
        place = newPlace;
    }

    void leaveStep() {
        place = OUT_OF_STEP;
    }
}
