package dev.stentor.testing;

import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Netty's leak detection, remembering what it found. Named to Netty by the build's {@code io.netty.customResourceLeakDetector};
 * {@link LeakCheck} asks it after every test class. Thread-safe.
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

    /** What was found since the last call: buffers that were collected with references left, and where they had been. */
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
