package dev.stentor.broadcast.socket;

import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The measured way in one trial after the other, whatever the number of listeners: each walk is by fd or by ring. */
final class WaysInTurn {

    private static final LoopWalks.Sizes AT_ONCE = new LoopWalks.Sizes(1, 0, 0);

    private final AtomicLong nanos = new AtomicLong();

    /** Number of event loops that have made a choice. */
    final AtomicInteger choices = new AtomicInteger();

    /** Returns the strategy of a connection, on its loop; the one of fd where the kernel refuses rings. */
    SendStrategy strategyOf(Channel channel) {
        if (LoopWalks.ofThisLoop() == null) {
            var _ = new LoopWalks(AT_ONCE, nanos::incrementAndGet, (ring, ratio) -> choices.incrementAndGet())
                    .onThisLoop();
        }
        return SendMode.MEASURED.strategyOf(channel);
    }
}
