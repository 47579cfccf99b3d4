package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.SpeechResumed;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.ChannelEvent.WordsSpoken;
import dev.stentor.clock.TickClock;
import java.util.ArrayList;
import java.util.List;

/**
 * The entries that were released and not handed on yet. Sound in the middle of speech may wait for more of it. Each other event
 * goes out at once, together with what waits before it. Where sound sets in, it goes out frame by frame for a while: there a
 * player has nothing in reserve. Confined to the clock's thread.
 */
final class Batch {

    private static final long FRAME_BY_FRAME_MICROS = 300_000;
    private static final long SPARE_LEAD_MICROS = 100_000;

    private List<Entry> entries = new ArrayList<>();
    private boolean urgent;
    private long soundSetInMicros = -FRAME_BY_FRAME_MICROS;

    /** Adds an entry, which stays the caller's. */
    void add(Entry entry) {
        entries.add(entry);
        switch (entry.event()) {
            case Audio frame -> urgent |= frame.first() || frame.last();
            case Caption _, WordsSpoken _ -> {} // they are shown when their frame is heard
            case TimelineMoved _, UtteranceStarted _, SpeechCleared _, SpeechResumed _ -> {
                soundSetInMicros = entry.releasedMicros();
                urgent = true;
            }
            default -> urgent = true;
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Tells whether the entries may wait until the next tick.
     *
     * @param batchMillis how much sound may go together
     */
    boolean mayWait(long nowMicros, int batchMillis) {
        Entry oldest = entries.getFirst();
        long fullMicros = batchMillis * 1_000L - TickClock.TICK_MICROS;
        return !urgent
                && nowMicros - soundSetInMicros >= FRAME_BY_FRAME_MICROS
                && nowMicros - oldest.releasedMicros() < fullMicros - TickClock.TICK_MICROS / 2
                && allLeaveTime(nowMicros);
    }

    private boolean allLeaveTime(long nowMicros) {
        for (Entry entry : entries) { // no stream: this runs in each tick
            if (!leavesTime(entry, nowMicros)) {
                return false;
            }
        }
        return true;
    }

    /** Removes and returns all entries. */
    List<Entry> take() {
        List<Entry> taken = List.copyOf(entries);
        entries = new ArrayList<>();
        urgent = false;
        return taken;
    }

    /** Tells whether an entry may wait without using up a listener's reserve: a late engine may have used most of the lead. */
    private static boolean leavesTime(Entry entry, long nowMicros) {
        return !(entry.event() instanceof Audio frame)
                || frame.playMicros() - nowMicros >= SPARE_LEAD_MICROS + TickClock.TICK_MICROS;
    }
}
