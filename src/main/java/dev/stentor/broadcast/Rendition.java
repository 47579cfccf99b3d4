package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A channel's entries in one format: the ring that keeps them, and the listeners, in cohorts. While several frames go out in one
 * send, the cohorts of a large audience take turns, so that a tick has a part of the sends and not all of them at once. Confined to
 * the clock's thread.
 */
final class Rendition implements Audience {

    /** As many as the ticks of the largest batch. */
    private static final int MOST_COHORTS = 5;

    /** Below that, all of one cohort are sent theirs in a few milliseconds. */
    private static final int LARGE_COHORT = 200;

    private StreamParameters terms;
    private final LongSupplier micros;
    private final BroadcastStats stats;
    private final EntryRing ring;
    private final List<Cohort> cohorts = new ArrayList<>();
    private final Map<Listener, Cohort> cohortOf = new HashMap<>();

    /**
     * Without entries and listeners.
     *
     * @param micros the clock's time
     * @param firstSeq the number of the first entry to come
     * @param before how things stand then
     */
    Rendition(StreamParameters terms, LongSupplier micros, BroadcastStats stats, long firstSeq, JoinSnapshot before) {
        this.terms = terms;
        this.micros = micros;
        this.stats = stats;
        this.ring = new EntryRing(terms.settings().ring().toMillis() * 1_000, firstSeq, before);
        var _ = open();
    }

    @Override
    public void follow(StreamParameters newTerms) {
        flush();
        terms = newTerms.in(terms.format());
        ring.keep(newTerms.settings().ring().toMillis() * 1_000);
        onEachLoop(group -> group.follow(terms));
    }

    /** The entries of the latest seconds; only to be read. */
    EntryRing ring() {
        return ring;
    }

    /** Takes over the caller's reference. */
    void add(Entry entry) {
        ring.add(entry);
        cohorts.forEach(cohort -> cohort.add(entry));
    }

    @Override
    public void flush() {
        long now = micros.getAsLong();
        int batchMillis = terms.settings().batch().millis(terms.leadMillis(), cohortOf.size());
        cohorts.forEach(cohort -> cohort.flush(now, batchMillis, cohorts.size()));
    }

    @Override
    public void admit(Listener listener, JoinRequest request, Runnable onLeave) {
        boolean full = cohorts.size() < MOST_COHORTS && cohortOf.size() >= LARGE_COHORT * cohorts.size();
        Cohort cohort = full ? open() : smallest();
        cohortOf.put(listener, cohort);
        cohort.admit(listener, request, onLeave);
    }

    private Cohort open() {
        var cohort = new Cohort(cohorts.size(), loop -> new ListenerGroup(terms, loop, micros, ring.copy(), stats));
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
