package dev.stentor.broadcast;

import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.Messages.Resumed;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The listeners of one channel on one event loop, and that loop's view of the channel's ring. A tick brings one task, which
 * walks the listeners; each gets the same bytes. Who cannot take more is passed over until its socket has drained. Confined to
 * the event loop.
 */
final class ListenerGroup {

    private final Terms terms;
    private final LongSupplier micros;
    private final EntryRing ring;
    private final BroadcastStats stats;
    private final List<Listener> members = new ArrayList<>();

    /** @param ring owned by this group from now on */
    ListenerGroup(Terms terms, LongSupplier micros, EntryRing ring, BroadcastStats stats) {
        this.terms = terms;
        this.micros = micros;
        this.ring = ring;
        this.stats = stats;
    }

    /** Takes over one reference of each entry, and hands them to all who are ready. */
    void deliver(List<Entry> entries) {
        entries.forEach(ring::add);
        members.forEach(this::leaveCancelled);
        for (int i = members.size() - 1; i >= 0; i--) {
            serve(members.get(i));
        }
    }

    /** What was cleared is not sent to those who lack it: the clear itself comes next. */
    private void leaveCancelled(Listener listener) {
        if (listener.cursor < ring.firstValidSeq() && ring.holds(listener.cursor)) {
            listener.cursor = ring.firstValidSeq();
        }
    }

    /** Greets a listener and sends it what it asked for. */
    void add(Listener listener, JoinRequest request) {
        if (listener.isGone()) {
            return;
        }
        long now = micros.getAsLong();
        Resumed resumed = new JoinPoint(ring, terms.epoch(), now).of(request);
        boolean goesOn = resumed.status().equals("ok");
        long from = goesOn ? resumed.fromSeq() : preRollOf(resumed.fromSeq());
        Situation situation = ring.before(from);
        long pos = ring.before(resumed.fromSeq()).pos();
        listener.cursor = from;
        listener.pos = pos;
        listener.send(Messages.welcome(
                terms,
                ring.nextSeq() - 1,
                now,
                request.connection(),
                request.resume() == null ? null : resumed,
                situation.events()));
        listener.send(Messages.stream(situation.generation(), terms));
        long live = ring.liveEdge(now);
        if (from < live) {
            replay(listener, live - 1, pos);
        }
        members.add(listener);
        listener.joined(this, request);
        if (!goesOn) {
            listener.missed(pos);
        }
        serve(listener);
    }

    private void replay(Listener listener, long toSeq, long playFromPos) {
        listener.replayUntil = toSeq;
        listener.allowed = released() - playFromPos;
        listener.send(Messages.replay(listener.cursor, toSeq, playFromPos));
    }

    /** Where a decoder must begin so as to be right from that entry on. */
    private long preRollOf(long seq) {
        return ring.framesBefore(seq, terms.format().preRollFrames());
    }

    void remove(Listener listener) {
        members.remove(listener);
    }

    /** The sample after the last one that was released. */
    long released() {
        return ring.headPos();
    }

    /** By how many samples its player may be behind: who plays in time is by the lead, and who asked for the past by that. */
    long mostBehind(Listener listener) {
        return Math.max(terms.leadMillis() * 24, listener.allowed)
                + terms.settings().lag().toMillis() * 24;
    }

    /** Sends a listener all that it lacks, as far as its socket takes it. */
    void serve(Listener listener) {
        if (!listener.flowing || listener.cursor >= ring.nextSeq()) {
            return;
        }
        bringUpToDate(listener);
        if (listener.cursor >= ring.nextSeq()) {
            listener.waitsSince(Listener.NEVER);
        } else if (ring.holds(listener.cursor)) {
            listener.waitsSince(ring.get(listener.cursor).releasedMicros());
        }
    }

    private void bringUpToDate(Listener listener) {
        if (isBehind(listener)) {
            if (terms.settings().policy() == LagPolicy.CLOSE) {
                listener.close(CloseReason.SLOW);
                return;
            }
            if (listener.outlet.isWritable()) {
                skip(listener, isReplaying(listener) ? GapCause.HISTORY : GapCause.SLOW);
            }
        }
        send(listener);
    }

    /** Moves a listener to the live edge and tells it what it missed. */
    void skip(Listener listener, GapCause cause) {
        long edge = ring.liveEdge(micros.getAsLong());
        if (edge <= listener.cursor) {
            return;
        }
        ring.clearFrom(listener.cursor).ifPresent(clear -> jumpTo(listener, clear));
        long from = Math.max(preRollOf(edge), listener.cursor);
        if (from == listener.cursor) { // nothing else was missed
            listener.outlet.flush();
            return;
        }
        Situation situation = ring.before(from);
        long pos = ring.before(edge).pos();
        String gap = Messages.gap(listener.cursor, from - 1, listener.pos, pos, cause, situation.events());
        stats.lost(cause, 1, (pos - listener.pos) / 24);
        listener.skipped(listener.pos, pos, cause);
        listener.cursor = from;
        listener.pos = pos;
        listener.send(gap);
        if (from < edge) {
            replay(listener, edge - 1, pos);
        }
    }

    /** Even who skips all else must learn what is not to be heard any more. */
    private static void jumpTo(Listener listener, Entry clear) {
        listener.outlet.write(clear.message().retainedDuplicate());
        listener.cursor = clear.seq() + 1;
        if (clear.event() instanceof SpeechCleared cleared) {
            listener.cleared(cleared.pos());
        }
    }

    /** Says good-bye to all; each is asked to come back at a time of its own. */
    void drain(long restMillis, long spreadMillis) {
        List<Listener> leaving = List.copyOf(members);
        for (int i = 0; i < leaving.size(); i++) {
            leaving.get(i).bye(restMillis + spreadMillis * i / leaving.size());
        }
    }

    /** Gives the ring's references back. */
    void release() {
        ring.release();
    }

    private boolean isBehind(Listener listener) {
        if (!ring.holds(listener.cursor)) {
            return true;
        }
        long age = micros.getAsLong() - ring.get(listener.cursor).releasedMicros();
        boolean late = listener.playsLate || age > terms.settings().lag().toMillis() * 1_000;
        return late && !isReplaying(listener);
    }

    /** The policy rests until the past that it was sent is through. */
    private static boolean isReplaying(Listener listener) {
        return listener.cursor <= listener.replayUntil;
    }

    private void send(Listener listener) {
        Outlet outlet = listener.outlet;
        boolean wrote = false;
        while (listener.cursor < ring.nextSeq()) {
            if (!outlet.isWritable()) {
                outlet.flush(); // may drain, and so call back here, at once
                wrote = false;
                if (!outlet.isWritable()) {
                    return;
                }
                continue;
            }
            Entry entry = ring.get(listener.cursor++);
            if (entry.event() instanceof SpeechCleared cleared) {
                listener.cleared(cleared.pos());
            }
            if (entry.event() instanceof Audio frame) {
                listener.pos = frame.pos() + frame.audio().remaining() / Short.BYTES;
            }
            outlet.write(entry.message().retainedDuplicate());
            wrote = true;
        }
        if (wrote) {
            outlet.flush();
        }
    }
}
