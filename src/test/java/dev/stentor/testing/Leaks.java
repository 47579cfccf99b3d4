package dev.stentor.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A leak detector for Netty that records the leaks. The build names it to Netty by {@code io.netty.customResourceLeakDetector};
 * {@link LeakCheck} reads it after every test class. Thread-safe.
 */
public final class Leaks<T> extends ResourceLeakDetector<T> {

    private static final ConcurrentLinkedQueue<String> FOUND = new ConcurrentLinkedQueue<>();
    private static final LongAdder OPEN = new LongAdder();

    /** Called by Netty. */
    public Leaks(Class<?> type, int samplingInterval) {
        super(type, samplingInterval);
    }

    /** Called by Netty. */
    public Leaks(Class<?> type, int samplingInterval, long maxActive) {
        super(type, samplingInterval);
    }

    /** Returns the leaks since the last call: buffers collected without release, and where they had been touched. */
    static List<String> take() {
        var taken = new ArrayList<String>();
        for (String leak = FOUND.poll(); leak != null; leak = FOUND.poll()) {
            taken.add(leak);
        }
        return taken;
    }

    /** Tells whether there are buffers that nobody has released so far; only these can be lost. */
    static boolean possible() {
        return OPEN.sum() != 0;
    }

    @Override
    public @Nullable ResourceLeakTracker<T> track(T buffer) {
        return counted(super.track(buffer));
    }

    @Override
    public @Nullable ResourceLeakTracker<T> trackForcibly(T buffer) {
        return counted(super.trackForcibly(buffer));
    }

    private @Nullable ResourceLeakTracker<T> counted(@Nullable ResourceLeakTracker<T> tracker) {
        if (tracker == null) {
            return null;
        }
        OPEN.increment();
        return new Counted<>(tracker);
    }

    @Override
    protected void reportTracedLeak(String resourceType, String records) {
        super.reportTracedLeak(resourceType, records);
        FOUND.add(resourceType + records);
    }

    @Override
    protected void reportUntracedLeak(String resourceType) {
        super.reportUntracedLeak(resourceType);
        FOUND.add(resourceType);
    }

    /** A tracker that counts when its buffer is released. */
    private record Counted<T>(ResourceLeakTracker<T> tracker) implements ResourceLeakTracker<T> {

        @Override
        public void record() {
            tracker.record();
        }

        @Override
        public void record(Object hint) {
            tracker.record(hint);
        }

        @Override
        public boolean close(T buffer) {
            boolean first = tracker.close(buffer);
            if (first) {
                OPEN.decrement();
            }
            return first;
        }

        @Override
        public @Nullable Throwable getCloseStackTraceIfAny() {
            return tracker.getCloseStackTraceIfAny();
        }
    }
}
