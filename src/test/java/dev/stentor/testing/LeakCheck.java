package dev.stentor.testing;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * An extension that fails a test class after which Netty found a buffer that was not released. Registered for all classes by its
 * service file. The last leak of a class may only be found after the next class: the records in the message tell where it was. A full
 * collection takes a quarter of a second, so it is only run while buffers are unreleased.
 */
public final class LeakCheck implements AfterAllCallback {

    @Override
    public void afterAll(ExtensionContext context) {
        if (Leaks.possible()) {
            System.gc();
        }
        look();
        List<String> leaks = Leaks.take();
        if (!leaks.isEmpty()) {
            throw new AssertionError(leaks.size() + " buffers were not given back, the first:\n" + leaks.getFirst());
        }
    }

    /** Allocates buffers, because the detector looks for lost ones at each allocation. */
    private static void look() {
        for (int i = 0; i < 3; i++) {
            PooledByteBufAllocator.DEFAULT.directBuffer(1).release();
            UnpooledByteBufAllocator.DEFAULT.directBuffer(1).release();
        }
    }
}
