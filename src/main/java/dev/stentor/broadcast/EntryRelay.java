package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of a channel's entries to other nodes. Some entries bring the state before them, so that a node may begin there: one in each two
 * seconds of sound, and each with which the treatment of listeners changes. Confined to the clock's thread.
 */
final class EntryRelay {

    /** The most entries from one state to the next. */
    static final int STATE_INTERVAL = 100;

    private final EntryTap tap;
    private final LongSupplier micros;
    private final LongSupplier wallMillis;
    private final Lineage lineage;
    private JoinSnapshot before;
    private @Nullable RelayedState told;
    private int sinceState;

    /**
     * Creates the way.
     *
     * @param micros the channel's clock
     * @param wallMillis the wall clock of this machine
     * @param lineage the earlier lives of the channel
     * @param before the state before the first entry
     */
    EntryRelay(EntryTap tap, LongSupplier micros, LongSupplier wallMillis, Lineage lineage, JoinSnapshot before) {
        this.tap = tap;
        this.micros = micros;
        this.wallMillis = wallMillis;
        this.lineage = lineage;
        this.before = before;
    }

    /** Tells that a new channel lives on this node; one that goes on here tells it with its first entry. */
    void begin(long headSeq, StreamParameters parameters, int opusBitrate) {
        if (isUsed() && headSeq == 0) {
            RelayedState state = state(parameters, opusBitrate);
            told = state;
            tap.on(headSeq, RelayBytes.write(new RelayedEntry.Began(state)));
            tap.flush();
        }
    }

    /** Tells of an entry. */
    void on(Entry entry, StreamParameters parameters, int opusBitrate) {
        if (!isUsed()) {
            return;
        }
        RelayedState state = state(parameters, opusBitrate);
        boolean tells = ++sinceState >= STATE_INTERVAL
                || entry.event() instanceof LeadChanged
                || entry.event() instanceof TimelineMoved
                || !state.treatsLike(told);
        var happened = new RelayedEntry.Happened(entry.event(), entry.releasedMicros(), tells ? state : null);
        tap.on(entry.seq(), RelayBytes.write(happened));
        if (tells) {
            told = state;
            sinceState = 0;
        }
        before = before.after(entry);
    }

    void flush() {
        tap.flush();
    }

    /**
     * Tells that the channel is over, unless another node goes on with it.
     *
     * @param goesOn whether the node shuts down, so that its channels may go on elsewhere
     * @param removed whether it was removed, so that its listeners stay away
     */
    void close(long nextSeq, boolean goesOn, boolean removed) {
        if (isUsed() && !goesOn) {
            tap.on(nextSeq, RelayBytes.write(new RelayedEntry.Ended(removed)));
            tap.flush();
        }
        tap.close(goesOn);
    }

    private boolean isUsed() {
        return !tap.equals(EntryTap.NONE);
    }

    private RelayedState state(StreamParameters parameters, int opusBitrate) {
        return new RelayedState(
                before,
                parameters.leadMillis(),
                parameters.settings(),
                opusBitrate,
                micros.getAsLong(),
                TimeUnit.MILLISECONDS.toMicros(wallMillis.getAsLong()),
                lineage);
    }
}
