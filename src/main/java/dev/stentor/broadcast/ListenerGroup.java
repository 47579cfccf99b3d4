package dev.stentor.broadcast;

import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.Messages.Resumed;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The listeners of one channel on one event loop, and that loop's view of the channel's ring. A tick brings one task, which
 * walks those that are {@link InStep}; each gets the same bytes. Who cannot take more falls out of step and is not looked at
 * until its socket has drained; then it gets what it lacks, or what the policy says. Confined to the event loop.
 */
final class ListenerGroup {

    /** Of all who catch up, before it is the turn of whatever else the loop has to do. */
    private static final int PARCELS_PER_TURN = 4;

    private static final long CHECK_MICROS = 100_000;

    private StreamParameters terms;
    private final LongSupplier micros;
    private final EntryRing ring;
    private final BroadcastStats stats;
    private final Set<Listener> members = new LinkedHashSet<>();
    private final InStep inStep = new InStep();
    private final List<Listener> suspects = new ArrayList<>();
    private final SequencedSet<Listener> catchingUp = new LinkedHashSet<>();
    private long checkedMicros;

    /** @param ring owned by this group from now on */
    ListenerGroup(StreamParameters terms, LongSupplier micros, EntryRing ring, BroadcastStats stats) {
        this.terms = terms;
        this.micros = micros;
        this.ring = ring;
        this.stats = stats;
    }

    /** What was agreed has changed: it holds from here on. */
    void follow(StreamParameters newTerms) {
        terms = newTerms;
        ring.keep(newTerms.settings().ring().toMillis() * 1_000);
    }

    /** Takes over one reference of each entry, and hands them to all who are in step. */
    void deliver(List<Entry> entries) {
        long now = micros.getAsLong();
        long from = ring.nextSeq();
        suspects.forEach(inStep::remove);
        entries.forEach(ring::add);
        from = Math.max(from, ring.firstValidSeq()); // what came with its own clear is cancelled
        while (from < ring.nextSeq() && !inStep.isEmpty()) {
            Parcel parcel = Parcel.of(ring, from);
            inStep.send(parcel, now);
            from = parcel.nextSeq();
            parcel.release();
        }
        if (terms.settings().policy() == LagPolicy.CLOSE && inStep.size() < members.size()) {
            closeThoseBehind(now);
        }
        if (!suspects.isEmpty()) {
            List<Listener> looked = List.copyOf(suspects);
            suspects.clear();
            looked.forEach(this::serve);
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
        JoinSnapshot situation = ring.before(from);
        long pos = ring.before(resumed.fromSeq()).pos();
        listener.cursor = from;
        listener.pos = pos;
        listener.write(Messages.welcome(
                terms,
                ring.nextSeq() - 1,
                now,
                request.connection(),
                request.resume() == null ? null : resumed,
                situation.events()));
        listener.write(Messages.stream(situation.generation(), terms));
        long live = ring.liveEdge(now);
        if (from < live) {
            replay(listener, live - 1, pos);
        }
        listener.outlet.flush();
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
        listener.write(Messages.replay(listener.cursor, toSeq, playFromPos));
    }

    /** Where a decoder must begin so as to be right from that entry on. */
    private long preRollOf(long seq) {
        return ring.framesBefore(seq, terms.format().preRollFrames());
    }

    void remove(Listener listener) {
        members.remove(listener);
        suspects.remove(listener);
        catchingUp.remove(listener);
        inStep.remove(listener);
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

    /** Sends a listener nothing until it is served again. */
    void halt(Listener listener) {
        inStep.remove(listener);
    }

    /** Looks at a listener once more when there is something to send: its player is behind, whatever its socket takes. */
    void suspect(Listener listener) {
        suspects.add(listener);
    }

    /**
     * Sends a listener that is not in step all that it lacks, as far as its socket takes it; who lacks nothing is in step. It gets a
     * parcel now, and more when its turn comes: however many catch up, a tick waits for a few parcels and no more.
     */
    void serve(Listener listener) {
        if (serveOnce(listener)) {
            catchUp(listener);
        }
    }

    /** As {@link #serve}, but when its turn comes: many may drain at once. */
    void catchUp(Listener listener) {
        if (catchingUp.isEmpty()) {
            listener.loop.execute(this::takeTurns);
        }
        catchingUp.add(listener);
    }

    private void takeTurns() {
        for (int parcels = 0; parcels < PARCELS_PER_TURN && !catchingUp.isEmpty(); parcels++) {
            Listener listener = catchingUp.removeFirst();
            if (serveOnce(listener)) {
                catchingUp.addLast(listener);
            }
        }
        if (!catchingUp.isEmpty()) {
            catchingUp.getFirst().loop.execute(this::takeTurns);
        }
    }

    /** Does the next thing for a listener that is not in step, and says whether there may be more. */
    private boolean serveOnce(Listener listener) {
        if (!mayServe(listener)) {
            return false;
        }
        leaveCancelled(listener);
        if (listener.cursor >= ring.nextSeq()) {
            listener.waitsSince(Listener.NEVER);
            inStep.add(listener);
            return false;
        }
        if (isBehind(listener)) {
            treat(listener);
        } else {
            listener.waitsSince(ring.get(listener.cursor).releasedMicros());
            Parcel parcel = Parcel.of(ring, listener.cursor);
            var _ = listener.send(parcel);
            parcel.release();
        }
        return true;
    }

    private static boolean mayServe(Listener listener) {
        return listener.place == Listener.OUT_OF_STEP
                && listener.flowing
                && !listener.isGone()
                && listener.outlet.isWritable();
    }

    /** What was cleared is not sent to those who lack it: the clear itself comes next. */
    private void leaveCancelled(Listener listener) {
        if (listener.cursor < ring.firstValidSeq() && ring.holds(listener.cursor)) {
            listener.cursor = ring.firstValidSeq();
        }
    }

    /** Does with one that is behind what the policy says. */
    private void treat(Listener listener) {
        switch (terms.settings().policy()) {
            case CLOSE -> listener.close(CloseReason.SLOW);
            case SKIP -> {
                skip(listener, isReplaying(listener) ? GapCause.HISTORY : GapCause.SLOW);
                listener.playsLate = false; // if there was nothing to skip, its next report will say so again
            }
        }
    }

    /** One that never drains again must be closed too, though it is not looked at otherwise. */
    private void closeThoseBehind(long now) {
        if (now - checkedMicros >= CHECK_MICROS) {
            checkedMicros = now;
            List.copyOf(members).stream()
                    .filter(listener -> listener.place == Listener.OUT_OF_STEP && listener.flowing)
                    .filter(this::isBehind)
                    .forEach(listener -> listener.close(CloseReason.SLOW));
        }
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
        JoinSnapshot situation = ring.before(from);
        long pos = ring.before(edge).pos();
        String gap = Messages.gap(listener.cursor, from - 1, listener.pos, pos, cause, situation.events());
        stats.lost(cause, 1, (pos - listener.pos) / 24);
        listener.skipped(listener.pos, pos, cause);
        listener.cursor = from;
        listener.pos = pos;
        listener.write(gap);
        if (from < edge) {
            replay(listener, edge - 1, pos);
        }
        listener.outlet.flush();
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

    /** Closes all; they are not asked back. */
    void sendAway(CloseReason reason) {
        List.copyOf(members).forEach(listener -> listener.sendAway(reason));
    }

    /** Gives the ring's references back. */
    void release() {
        ring.release();
    }

    private boolean isBehind(Listener listener) {
        if (!ring.holds(listener.cursor)) {
            return true;
        }
        long late = ring.lateMicros(listener.cursor, micros.getAsLong());
        boolean behind = listener.playsLate || late > terms.settings().lag().toMillis() * 1_000;
        return behind && !isReplaying(listener);
    }

    /** The policy rests until the past that it was sent is through. */
    private static boolean isReplaying(Listener listener) {
        return listener.cursor <= listener.replayUntil;
    }
}
