package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.Messages.Resumed;
import dev.stentor.broadcast.socket.WebSocketFraming;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import java.util.function.LongSupplier;

/**
 * Moves cursors to another place in the ring, and tells their listeners where that is: when they join, and when they are
 * skipped to the live edge. Confined to the event loop.
 */
final class CursorSeek {

    private final LongSupplier micros;
    private final EntryRing ring;
    private final BroadcastStats stats;
    private final int preRollFrames;

    /** @param preRollFrames how many frames a decoder that begins anew needs before what it gives is right */
    CursorSeek(LongSupplier micros, EntryRing ring, BroadcastStats stats, int preRollFrames) {
        this.micros = micros;
        this.ring = ring;
        this.stats = stats;
        this.preRollFrames = preRollFrames;
    }

    /** Greets a listener, and moves its cursor to where the listener asked to begin. */
    void join(RingCursor cursor, JoinRequest request, StreamParameters parameters) {
        long now = micros.getAsLong();
        Resumed resumed = new JoinPoint(ring, parameters.epoch(), parameters.lineage(), now).of(request);
        boolean goesOn = resumed.status() == Resumed.Status.OK;
        long from = goesOn ? resumed.fromSeq() : preRollOf(resumed.fromSeq());
        JoinSnapshot snapshot = ring.before(from);
        long pos = ring.before(resumed.fromSeq()).pos();
        cursor.moveTo(from, pos);
        if (!goesOn) {
            cursor.stats().missedBefore(pos);
        }
        write(
                cursor,
                Messages.welcome(
                        parameters,
                        ring.nextSeq() - 1,
                        now,
                        request.connection(),
                        request.resume() == null ? null : resumed,
                        snapshot.events()));
        write(cursor, Messages.stream(snapshot.generation(), parameters));
        PreRoll preRoll = PreRoll.before(from, goesOn && parameters.shared() ? preRollFrames : 0, ring);
        if (preRoll.isEmpty()) {
            replayIfPast(cursor, ring.liveEdge(now), pos);
        } else {
            send(cursor, preRoll, ring.liveEdge(now), pos - parameters.format().lagSamples());
        }
        cursor.outlet().flush();
    }

    /** Sends what a decoder needs that another node's encoder filled, and announces what else is past. The cursor stays. */
    private void send(RingCursor cursor, PreRoll preRoll, long liveEdge, long playFromPos) {
        long last = Math.max(liveEdge, cursor.seq()) - 1;
        cursor.replay(last, ring.headPos() - playFromPos);
        write(cursor, Messages.replay(preRoll.firstSeq(), last, playFromPos));
        preRoll.frames().forEach(cursor.outlet()::write);
    }

    /** Moves a cursor to the live edge, if it is before it, and tells its listener what it missed. */
    void skip(RingCursor cursor, GapCause cause) {
        long edge = ring.liveEdge(micros.getAsLong());
        if (edge <= cursor.seq()) {
            return;
        }
        ring.clearFrom(cursor.seq()).ifPresent(clear -> jumpTo(cursor, clear));
        long from = Math.max(preRollOf(edge), cursor.seq());
        if (from > cursor.seq()) { // else nothing but what was cleared is missed
            JoinSnapshot snapshot = ring.before(from);
            long pos = ring.before(edge).pos();
            String gap = Messages.gap(cursor.seq(), from - 1, cursor.pos(), pos, cause, snapshot.events());
            stats.lost(cause, 1, SpeechTime.millis(pos - cursor.pos()));
            cursor.skipped(pos, cause);
            cursor.moveTo(from, pos);
            write(cursor, gap);
            replayIfPast(cursor, edge, pos);
        }
        cursor.outlet().flush();
    }

    /** Sends a clear at once, and moves behind it: also a listener that skips all else must learn what is not to be heard. */
    private static void jumpTo(RingCursor cursor, Entry clear) {
        cursor.outlet().write(clear.message().copy());
        cursor.moveTo(clear.seq() + 1);
        if (clear.event() instanceof SpeechCleared cleared) {
            cursor.cleared(cleared.pos());
        }
    }

    /** Announces the entries between the cursor and the live edge, if there are any. */
    private void replayIfPast(RingCursor cursor, long liveEdge, long playFromPos) {
        if (cursor.seq() < liveEdge) {
            long last = liveEdge - 1;
            cursor.replay(last, ring.headPos() - playFromPos);
            write(cursor, Messages.replay(cursor.seq(), last, playFromPos));
        }
    }

    /** Returns the entry where a decoder must begin so as to be right from the given one on. */
    private long preRollOf(long seq) {
        return ring.framesBefore(seq, preRollFrames);
    }

    private static void write(RingCursor cursor, String json) {
        cursor.outlet().write(WebSocketFraming.text(json));
    }
}
