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

    /** Tells whether sound may gather now: none has just set in. */
    boolean gathers(long nowMicros) {
        return nowMicros - soundSetInMicros >= FRAME_BY_FRAME_MICROS;
    }

    /**
     * Tells whether the entries may wait until the next tick.
     *
     * @param batchTicks how much sound may go together, in ticks
     * @param leadMillis the time by which sound is released before it is due
     */
    boolean mayWait(long nowMicros, int batchTicks, long leadMillis) {
        if (urgent || !gathers(nowMicros)) {
            return false;
        }
        long mostMicros = (batchTicks - 1) * TickClock.TICK_MICROS;
        for (Entry entry : entries) { // no stream: this runs in each tick
            if (waitedMicros(entry, nowMicros, leadMillis * 1_000) >= mostMicros || !leavesTime(entry, nowMicros)) {
                return false;
            }
        }
        return true;
    }

    /** Returns for how long an entry has waited: sound since it could be released, which may have been later. */
    private static long waitedMicros(Entry entry, long nowMicros, long leadMicros) {
        return entry.event() instanceof Audio frame
                ? nowMicros - (frame.playMicros() - leadMicros)
                : nowMicros - entry.releasedMicros();
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
