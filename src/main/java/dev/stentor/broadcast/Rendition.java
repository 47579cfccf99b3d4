package dev.stentor.broadcast;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel's entries in one format: the ring that keeps them, and the listeners, in one group per event loop. Entries are handed to
 * a loop in one task per tick. Confined to the clock's thread; what belongs to an event loop is only touched there.
 */
final class Rendition implements Audience {

    private static final Logger LOG = LoggerFactory.getLogger(Rendition.class);

    private Terms terms;
    private final LongSupplier micros;
    private final BroadcastStats stats;
    private final EntryRing ring;
    private final Map<Executor, Loop> loops = new HashMap<>();
    private final Batch batch = new Batch();
    private int listeners;

    /** A loop's group, and how many listeners have been sent to it. */
    private static final class Loop {
        private final ListenerGroup group;
        private int listeners;

        private Loop(ListenerGroup group) {
            this.group = group;
        }
    }

    /**
     * Without entries and listeners.
     *
     * @param micros the clock's time
     * @param firstSeq the number of the first entry to come
     * @param before how things stand then
     */
    Rendition(Terms terms, LongSupplier micros, BroadcastStats stats, long firstSeq, Situation before) {
        this.terms = terms;
        this.micros = micros;
        this.stats = stats;
        this.ring = new EntryRing(terms.settings().ring().toMillis() * 1_000, firstSeq, before);
    }

    @Override
    public void follow(Terms newTerms) {
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
        batch.add(entry);
    }

    @Override
    public void flush() {
        if (!batch.isEmpty()
                && !batch.mayWait(micros.getAsLong(), terms.settings().batch().millis(terms.leadMillis(), listeners))) {
            handOn();
        }
    }

    private void handOn() {
        if (batch.isEmpty()) {
            return;
        }
        List<Entry> entries = batch.take();
        loops.forEach((executor, loop) -> {
            entries.forEach(Entry::retain);
            try {
                executor.execute(() -> loop.group.deliver(entries));
            } catch (RejectedExecutionException shutDown) {
                entries.forEach(Entry::release);
            }
        });
    }

    @Override
    public void admit(Listener listener, JoinRequest request, Runnable onLeave) {
        handOn(); // what the group's copy of the ring holds must not come to it once more
        listeners++;
        Loop loop = loops.computeIfAbsent(
                listener.loop, executor -> new Loop(new ListenerGroup(terms, micros, ring.copy(), stats)));
        loop.listeners++;
        listener.loop.execute(() -> {
            listener.onLeave(onLeave);
            loop.group.add(listener, request);
        });
    }

    @Override
    public void dismiss(Listener listener) {
        listeners--;
        Loop loop = loops.get(listener.loop);
        if (loop != null && --loop.listeners == 0) {
            loops.remove(listener.loop);
            listener.loop.execute(loop.group::release);
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
        loops.forEach((executor, loop) -> {
            try {
                executor.execute(() -> task.accept(loop.group));
            } catch (RejectedExecutionException shutDown) {
                LOG.debug("an event loop has ended before its listeners were told");
            }
        });
    }

    @Override
    public void release() {
        ring.release();
    }
}
