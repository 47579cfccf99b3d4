package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.broadcast.socket.WebSocketFraming;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The listeners of one channel on one event loop, as cursors in that loop's copy of the channel's ring. A tick brings one task,
 * which walks the cursors that are {@link InStep}; each gets the same bytes. A cursor whose socket takes no more falls out of
 * step and is not looked at until the socket has drained; then it is a matter of {@link CatchUp}. Confined to the event loop.
 * See ADR 3.
 */
final class ListenerGroup {

    private static final long CHECK_MICROS = 100_000;

    private StreamParameters parameters;
    private final LongSupplier micros;
    private final BroadcastStats stats;
    private final EntryRing ring;
    private final InStep inStep = new InStep();
    private final CursorSeek seek;
    private final CatchUp catchUp;
    private final Set<RingCursor> members = new LinkedHashSet<>();
    private final List<RingCursor> suspects = new ArrayList<>();
    private long checkedMicros;

    /**
     * Creates a group without listeners.
     *
     * @param loop the event loop
     * @param ring owned by this group from now on
     */
    ListenerGroup(
            StreamParameters parameters, Executor loop, LongSupplier micros, EntryRing ring, BroadcastStats stats) {
        this.parameters = parameters;
        this.micros = micros;
        this.stats = stats;
        this.ring = ring;
        this.seek = new CursorSeek(micros, ring, stats, parameters.format().preRollFrames());
        this.catchUp = new CatchUp(loop, micros, ring, inStep, seek, parameters.settings(), stats);
    }

    /** Treats its listeners by other parameters from now on; the format stays. */
    void follow(StreamParameters newParameters) {
        if (ReportPace.differs(parameters.settings(), newParameters.settings())) {
            members.forEach(cursor ->
                    cursor.stats().reportsEvery(newParameters.settings().report()));
        }
        parameters = newParameters;
        catchUp.follow(newParameters.settings());
        ring.keep(newParameters.settings().ring().toMillis() * 1_000);
    }

    /** Takes over one reference of each entry, and hands them to all who are in step. */
    void deliver(List<Entry> entries) {
        long now = micros.getAsLong();
        long from = ring.nextSeq();
        suspects.forEach(inStep::remove);
        entries.forEach(ring::add);
        from = Math.max(from, ring.firstValidSeq()); // what came with its own clear is cancelled
        while (from < ring.nextSeq() && !inStep.isEmpty()) {
            Parcel parcel = parcel(from, now);
            stats.sent(parcel.entries() * inStep.size());
            inStep.send(parcel, now);
            from = parcel.nextSeq();
            parcel.release();
        }
        if (parameters.settings().policy() == LagPolicy.CLOSE && inStep.size() < members.size()) {
            closeThoseBehind(now);
        }
        if (!suspects.isEmpty()) {
            List<RingCursor> looked = List.copyOf(suspects);
            suspects.clear();
            looked.forEach(this::serve);
        }
    }

    /**
     * Copies the entries from this one on. If there is no memory for that, nobody is in step any more, and each is sent later what it
     * lacks.
     */
    private Parcel parcel(long from, long now) {
        try {
            return Parcel.of(ring, from);
        } catch (OutOfMemoryError full) {
            inStep.dropAll(now).forEach(catchUp::add);
            throw full;
        }
    }

    /** Greets a listener and sends it what it asked for. */
    void add(RingCursor cursor, JoinRequest request) {
        members.add(cursor);
        cursor.stats().greeted(parameters.settings().report());
        seek.join(cursor, request, parameters);
        serve(cursor);
    }

    void remove(RingCursor cursor) {
        members.remove(cursor);
        suspects.remove(cursor);
        catchUp.remove(cursor);
        inStep.remove(cursor);
    }

    /** Sends a listener nothing until it is served again. */
    void halt(RingCursor cursor) {
        inStep.remove(cursor);
    }

    /** Moves a listener to the live edge and tells it what it missed. */
    void skip(RingCursor cursor, GapCause cause) {
        seek.skip(cursor, cause);
    }

    /** Sends a listener that is not in step what it lacks, as far as its socket takes it. */
    void serve(RingCursor cursor) {
        catchUp.serve(cursor);
    }

    /** Does what {@link #serve} does, in a task of its own. */
    void catchUp(RingCursor cursor) {
        catchUp.add(cursor);
    }

    /** Tells that a listener was greeted. */
    void joined(JoinRequest request, long tookMicros) {
        stats.joined(new ListenerJoin(
                parameters.channel(),
                request.connection(),
                request.format().codec(),
                request.resume() != null,
                Duration.of(tookMicros, ChronoUnit.MICROS)));
    }

    /**
     * Looks at a listener again with the next entries, if by its latest report its player is too late, whatever its socket
     * takes.
     *
     * @param underruns number of times that the player ran dry since its last report
     */
    void reported(RingCursor cursor, long underruns, long nowMicros) {
        long behind = cursor.stats().behind(ring.headPos(), nowMicros);
        stats.reported(underruns, SpeechTime.millis(behind));
        long lead = SpeechTime.samples(
                parameters.leadMillis() + parameters.settings().groupDelayMillis());
        if (cursor.reported(
                behind, lead, SpeechTime.samples(parameters.settings().lag()))) {
            suspects.add(cursor);
        }
    }

    /** Says good-bye to all; each is asked to come back at a time of its own. */
    void drain(long restMillis, long spreadMillis) {
        List<RingCursor> leaving = List.copyOf(members);
        for (int i = 0; i < leaving.size(); i++) {
            long comeBackAfter = restMillis + spreadMillis * i / leaving.size();
            dismiss(leaving.get(i), Messages.byeUntil(comeBackAfter), CloseReason.DRAIN);
        }
    }

    /** Closes all; they are not asked back. */
    void sendAway(CloseReason reason) {
        List.copyOf(members).forEach(cursor -> dismiss(cursor, Messages.byeForGood(), reason));
    }

    /** Gives the ring's references back. */
    void release() {
        ring.release();
    }

    private void dismiss(RingCursor cursor, String bye, CloseReason reason) {
        cursor.outlet().write(WebSocketFraming.text(bye));
        cursor.outlet().flush();
        halt(cursor);
        cursor.close(reason);
    }

    /** Closes also listeners that never drain again, and so are not looked at otherwise. */
    private void closeThoseBehind(long now) {
        if (now - checkedMicros >= CHECK_MICROS) {
            checkedMicros = now;
            List.copyOf(members).forEach(catchUp::closeIfBehind);
        }
    }
}
