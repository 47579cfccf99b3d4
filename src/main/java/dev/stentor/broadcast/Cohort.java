package dev.stentor.broadcast;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of a rendition's listeners that are sent sound in the same ticks, in one group for each event loop. Entries are handed
 * to a loop in one task for each tick. Confined to the clock's thread; what belongs to an event loop is only touched there.
 * See ADR 36.
 */
final class Cohort {

    private static final Logger LOG = LoggerFactory.getLogger(Cohort.class);

    private final Function<Executor, ListenerGroup> newGroup;
    private final Map<Executor, Loop> loops = new HashMap<>();
    private final Batch batch = new Batch();
    private int listeners;

    /** The group of a loop, and the number of listeners that have been sent to it. */
    private static final class Loop {
        private final ListenerGroup group;
        private int listeners;

        private Loop(ListenerGroup group) {
            this.group = group;
        }
    }

    /**
     * Creates a cohort without listeners.
     *
     * @param newGroup makes one for an event loop; its ring knows all entries so far
     */
    Cohort(Function<Executor, ListenerGroup> newGroup) {
        this.newGroup = newGroup;
    }

    int listeners() {
        return listeners;
    }

    /** Adds an entry, which stays the caller's. */
    void add(Entry entry) {
        batch.add(entry);
    }

    /**
     * Hands on the entries that have gathered, unless they may wait.
     *
     * @param batchTicks the most sound that goes together, in ticks
     * @param leadMillis the time by which sound is released before it is due
     */
    void flush(long nowMicros, int batchTicks, long leadMillis) {
        if (!batch.isEmpty() && !batch.mayWait(nowMicros, batchTicks, leadMillis)) {
            handOn();
        }
    }

    /** Tells whether sound may gather now: none has just set in. */
    boolean gathers(long nowMicros) {
        return batch.gathers(nowMicros);
    }

    /** Hands on the entries that have gathered. */
    void handOn() {
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

    void admit(Listener listener, JoinRequest request, Runnable onLeave) {
        listeners++;
        Loop loop = loops.get(listener.loop());
        if (loop == null) {
            loop = open(listener.loop());
        }
        loop.listeners++;
        ListenerGroup group = loop.group;
        listener.loop().execute(() -> listener.join(group, request, onLeave));
    }

    private Loop open(Executor executor) {
        handOn(); // what the group's copy of the ring holds must not come to it once more
        var loop = new Loop(newGroup.apply(executor));
        loops.put(executor, loop);
        return loop;
    }

    void dismiss(Listener listener) {
        listeners--;
        Loop loop = loops.get(listener.loop());
        if (loop != null && --loop.listeners == 0) {
            loops.remove(listener.loop());
            listener.loop().execute(loop.group::release);
        }
    }

    void onEachLoop(Consumer<ListenerGroup> task) {
        loops.forEach((executor, loop) -> {
            try {
                executor.execute(() -> task.accept(loop.group));
            } catch (RejectedExecutionException shutDown) {
                LOG.debug("an event loop has ended before its listeners were told");
            }
        });
    }
}
