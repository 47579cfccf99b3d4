package dev.stentor.testing;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class after which Netty found a buffer that nobody gave back. Registered for all classes by its service file. What
 * a class leaks last may be found after the next one: the records in the message say where it was.
 */
public final class LeakCheck implements AfterAllCallback {

    @Override
    public void afterAll(ExtensionContext context) {
        System.gc();
        look();
        List<String> leaks = Leaks.take();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " buffers were not given back, the first:\n" + leaks.getFirst());
        }
    }

    /** The detector looks for lost buffers whenever one is made. */
    private static void look() {
        for (int i = 0; i < 3; i++) {
            PooledByteBufAllocator.DEFAULT.directBuffer(1).release();
            UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
        }
    }
}
