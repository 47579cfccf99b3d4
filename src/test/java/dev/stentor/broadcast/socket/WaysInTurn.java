package dev.stentor.broadcast.socket;

import io.netty.channel.Channel;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.concurrent.atomic.AtomicLong;

/** The measured way in a trial without end, whatever the number of listeners: walks are by fd or by ring. */
final class WaysInTurn {

    private final AtomicLong nanos = new AtomicLong();
    private final FastThreadLocal<LoopWalks> walks = new FastThreadLocal<>() {
        @Override
        protected LoopWalks initialValue() {
            return new LoopWalks(new LoopWalks.Sizes(1, 0, 0), nanos::incrementAndGet, (ring, ratio) -> {});
        }
    };

    /** Returns the strategy of a connection, on its loop; the usual one where the kernel refuses rings. */
    SendStrategy strategyOf(Channel channel) {
        return SendMode.MEASURED.strategyOf(channel) instanceof MeasuredSend(var _, var straight, var together)
                ? new MeasuredSend(walks.get(), straight, together)
                : SendMode.FD.strategyOf(channel);
    }
}
