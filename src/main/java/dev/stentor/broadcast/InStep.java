package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.LoopWalks;
import dev.stentor.broadcast.socket.Outlet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cursors of a loop's listeners that have got everything and can take more, in an array without holes: it is walked in each
 * tick. A cursor knows its own place. Confined to the event loop.
 */
final class InStep {

    /** So many cursors are looked at before the first of them is sent anything, see {@link Outlet#looksIdle}. */
    private static final int LOOKED_AT_TOGETHER = 16;

    private @Nullable RingCursor[] walked = new RingCursor[16];
    private int size;
    /** How many looked idle in the latest walk; kept so that the compiler does not leave out the look. */
    @SuppressWarnings("UnusedVariable")
    private int idle;
    /** The walks of this loop, if its outlets choose their way; one of them was there before its cursor was added. */
    private @Nullable LoopWalks walks;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Adds a cursor that is not in step. */
    void add(RingCursor cursor) {
        if (walks == null) {
            walks = LoopWalks.ofThisLoop();
        }
        if (size == walked.length) {
            walked = Arrays.copyOf(walked, 2 * size);
        }
        cursor.enterStep(size);
        walked[size++] = cursor;
    }

    /** Removes a cursor, if it is in step; the last one takes its place. */
    void remove(RingCursor cursor) {
        int place = cursor.place();
        RingCursor last = place < 0 ? null : walked[size - 1];
        if (last != null) {
            walked[place] = last;
            last.enterStep(place);
            walked[--size] = null;
            cursor.leaveStep();
        }
    }

    /** Removes all, who wait from now on, and returns them. */
    List<RingCursor> dropAll(long nowMicros) {
        List<RingCursor> dropped = new ArrayList<>(size);
        while (size > 0) {
            RingCursor last = Objects.requireNonNull(walked[size - 1]);
            drop(last, nowMicros);
            dropped.add(last);
        }
        return dropped;
    }

    /** Sends the same bytes to all who have not got them. A cursor whose outlet takes no more then is out of step. */
    void send(Parcel parcel, long nowMicros) {
        if (walks == null) {
            sendToAll(parcel, nowMicros);
        } else {
            walks.begin(size);
            sendToAll(parcel, nowMicros);
            walks.end();
        }
    }

    private void sendToAll(Parcel parcel, long nowMicros) {
        boolean gathered = false;
        int lookedFrom = size;
        idle = 0;
        for (int i = size - 1; i >= 0; i--) {
            if (i < lookedFrom) {
                lookedFrom = Math.max(0, i + 1 - LOOKED_AT_TOGETHER);
                look(lookedFrom, i);
            }
            RingCursor cursor = at(i);
            if (cursor != null && cursor.seq() <= parcel.fromSeq()) {
                switch (cursor.send(parcel)) {
                    case WHOLE -> {}
                    case GATHERED -> gathered = true;
                    case WAITING, REFUSED -> drop(cursor, nowMicros);
                }
            }
        }
        if (gathered) {
            settle(nowMicros);
        }
    }

    private void look(int from, int to) {
        for (int i = to; i >= from; i--) {
            RingCursor cursor = at(i);
            if (cursor != null && cursor.outlet().looksIdle()) {
                idle++;
            }
        }
    }

    /**
     * Ends a walk in which sends were gathered. A second walk, only where needed: each look at a cursor fetches it into the
     * cache.
     */
    private void settle(long nowMicros) {
        for (int i = size - 1; i >= 0; i--) {
            RingCursor cursor = at(i);
            if (cursor != null && !cursor.outlet().settle()) {
                drop(cursor, nowMicros);
            }
        }
    }

    /** Returns the cursor at a place; null if there is none any more: a listener may leave while it is sent something. */
    private @Nullable RingCursor at(int place) {
        return place < size ? walked[place] : null;
    }

    private void drop(RingCursor cursor, long nowMicros) {
        remove(cursor);
        cursor.stats().waitsSince(nowMicros);
    }
}
