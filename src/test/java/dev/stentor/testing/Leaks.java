package dev.stentor.testing;

import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A leak detector for Netty that records the leaks. The build names it to Netty by {@code io.netty.customResourceLeakDetector};
 * {@link LeakCheck} reads it after every test class. Thread-safe.
 */
public final class Leaks<T> extends ResourceLeakDetector<T> {

    private static final ConcurrentLinkedQueue<String> FOUND = new ConcurrentLinkedQueue<>();

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
}
