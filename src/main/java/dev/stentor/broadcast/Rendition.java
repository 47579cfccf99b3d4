package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.clock.TickClock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A channel's entries in one format: the ring that keeps them, and the listeners, in cohorts. While several frames go out in
 * one send, the cohorts of a large audience take turns, so that a tick has a part of the sends and not all of them at once.
 * Confined to the clock's thread.
 */
final class Rendition implements Audience {

    /** The most cohorts: as many as the ticks of the largest batch. */
    private static final int MOST_COHORTS = 5;

    /** The listeners of a large cohort; fewer are sent theirs in a few milliseconds. */
    private static final int LARGE_COHORT = 500;

    private StreamParameters parameters;
    private final LongSupplier micros;
    private final BroadcastStats stats;
    private final EntryRing ring;
    private final CohortTurns turns;
    private final List<Cohort> cohorts = new ArrayList<>();
    private final Map<Listener, Cohort> cohortOf = new HashMap<>();

    /**
     * Creates a rendition without entries and listeners.
     *
     * @param clock that of the channel
     * @param firstSeq the number of the first entry to come
     * @param before the state of the channel before it
     */
    Rendition(StreamParameters parameters, TickClock clock, BroadcastStats stats, long firstSeq, JoinSnapshot before) {
        this.parameters = parameters;
        this.micros = clock::micros;
        this.stats = stats;
        this.ring = new EntryRing(parameters.settings().ring().toMillis() * 1_000, firstSeq, before);
        this.turns = new CohortTurns(parameters.channel().value().hashCode(), clock.gridMicros(0));
        var _ = open();
    }

    @Override
    public void follow(StreamParameters newParameters) {
        flush();
        parameters = newParameters.in(parameters.format());
        ring.keep(newParameters.settings().ring().toMillis() * 1_000);
        onEachLoop(group -> group.follow(parameters));
    }

    /** Returns the ring of the latest entries; only to be read. */
    EntryRing ring() {
        return ring;
    }

    /** Adds an entry, and takes over the caller's reference. */
    void add(Entry entry) {
        ring.add(entry);
        cohorts.forEach(cohort -> cohort.add(entry));
    }

    @Override
    public void flush() {
        long now = micros.getAsLong();
        int batchTicks = batchTicks();
        int apart = turnsApart();
        for (int i = 0; i < cohorts.size(); i++) {
            if (turns.isTurn(i % apart, apart, batchTicks, now)) {
                cohorts.get(i).handOn();
            } else {
                cohorts.get(i).flush(now, batchTicks, parameters.leadMillis());
            }
        }
    }

    /** Returns how many turns the cohorts have: one for each, but no more than the listeners of now need. */
    private int turnsApart() {
        return Math.clamp(Math.ceilDiv(cohortOf.size(), LARGE_COHORT), 1, cohorts.size());
    }

    /** Hands on only what must not wait for more sound. */
    void flushUrgent() {
        long now = micros.getAsLong();
        int mostTicks = batchTicks() + 1; // a turn that is now is not missed yet
        cohorts.forEach(cohort -> cohort.flush(now, mostTicks, parameters.leadMillis()));
    }

    @Override
    public int ticksUntilSent(long nowMicros) {
        for (int i = 0; i < cohorts.size(); i++) { // no stream: this runs in each tick
            if (!cohorts.get(i).gathers(nowMicros)) {
                return 1;
            }
        }
        return turns.ticksUntilNext(turnsApart(), batchTicks(), nowMicros);
    }

    /** Returns how many ticks of sound go together; the most if nobody listens. */
    private int batchTicks() {
        BatchRule rule = parameters.settings().batch();
        long millis = cohortOf.isEmpty()
                ? rule.mostMillis(parameters.leadMillis())
                : rule.millis(parameters.leadMillis(), cohortOf.size());
        return Math.toIntExact(millis * 1_000 / TickClock.TICK_MICROS);
    }

    @Override
    public void admit(Listener listener, JoinRequest request, Runnable onLeave) {
        boolean full = cohorts.size() < MOST_COHORTS && cohortOf.size() >= LARGE_COHORT * cohorts.size();
        Cohort cohort = full ? open() : smallest();
        cohortOf.put(listener, cohort);
        cohort.admit(listener, request, onLeave);
    }

    private Cohort open() {
        var cohort = new Cohort(loop -> new ListenerGroup(parameters, loop, micros, ring.copy(), stats));
        cohorts.add(cohort);
        return cohort;
    }

    private Cohort smallest() {
        return cohorts.stream().min(Comparator.comparingInt(Cohort::listeners)).orElseThrow();
    }

    @Override
    public void dismiss(Listener listener) {
        @Nullable Cohort cohort = cohortOf.remove(listener);
        if (cohort != null) {
            cohort.dismiss(listener);
        }
    }

    @Override
    public void drain(long restMillis, long spreadMillis) {
        onEachLoop(group -> group.drain(restMillis, spreadMillis));
    }

    @Override
    public void sendAway(CloseReason reason) {
        onEachLoop(group -> group.sendAway(reason));
    }

    private void onEachLoop(Consumer<ListenerGroup> task) {
        cohorts.forEach(cohort -> cohort.onEachLoop(task));
    }

    @Override
    public void release() {
        ring.release();
    }
}
