package dev.stentor.broadcast;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Those of a loop's listeners that have got everything and can take more, without a gap between them: what is walked in each
 * tick. A listener knows its own place. Confined to the event loop.
 */
final class InStep {

    private @Nullable Listener[] walked = new Listener[16];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    int size() {
        return size;
    }

    /** Lets in one that is not in step. */
    void add(Listener listener) {
        if (size == walked.length) {
            walked = Arrays.copyOf(walked, 2 * size);
        }
        listener.place = size;
        walked[size++] = listener;
    }

    /** Lets one go, if it is in step; the last one takes its place. */
    void remove(Listener listener) {
        int place = listener.place;
        Listener last = place < 0 ? null : walked[size - 1];
        if (last != null) {
            walked[place] = last;
            last.place = place;
            walked[--size] = null;
            listener.place = Listener.OUT_OF_STEP;
        }
    }

    /** Sends the same bytes to all who have not got them; who cannot take more then is in step no more. */
    void send(Parcel parcel, long nowMicros) {
        boolean gathered = false;
        for (int i = size - 1; i >= 0; i--) {
            Listener listener = at(i);
            if (listener != null && listener.cursor <= parcel.fromSeq()) {
                switch (listener.send(parcel)) {
                    case WHOLE -> {}
                    case GATHERED -> gathered = true;
                    case WAITING, REFUSED -> drop(listener, nowMicros);
                }
            }
        }
        if (gathered) {
            settle(nowMicros);
        }
    }

    /** A walk of its own, only where it is needed: to look at a listener is to fetch it into the cache once more. */
    private void settle(long nowMicros) {
        for (int i = size - 1; i >= 0; i--) {
            Listener listener = at(i);
            if (listener != null && !listener.outlet.settle()) {
                drop(listener, nowMicros);
            }
        }
    }

    /** Who is sent something may leave, and take its place away. */
    private @Nullable Listener at(int place) {
        return place < size ? walked[place] : null;
    }

    private void drop(Listener listener, long nowMicros) {
        remove(listener);
        listener.waitsSince(nowMicros);
    }
}
