package dev.stentor.broadcast.socket;

import io.netty.buffer.ByteBuf;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A strategy that sends straight to the socket or together with all others of its event loop, whichever costs less. Where the
 * ring takes nothing, the straight way is taken. See ADR 56.
 */
record MeasuredSend(LoopWalks walks, DirectSend straight, RingSend together) implements SendStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(MeasuredSend.class);

    /** Returns the strategy of a connection of the calling event loop, made of both ways. */
    static MeasuredSend of(DirectSend straight, RingSend together) {
        LoopWalks walks = LoopWalks.ofThisLoop();
        return new MeasuredSend(walks == null ? newWalks() : walks, straight, together);
    }

    private static LoopWalks newWalks() {
        LongSupplier cpuNanos = ManagementFactory.getThreadMXBean()::getCurrentThreadCpuTime;
        return new LoopWalks(LoopWalks.Sizes.USUAL, cpuNanos, MeasuredSend::log).onThisLoop();
    }

    private static void log(boolean ring, double ringToFd) {
        LOG.atInfo()
                .addKeyValue("ringToFd", String.format(Locale.ROOT, "%.2f", ringToFd))
                .log(
                        "This event loop sends to many listeners by {} from now on, which is what costs less",
                        ring ? "ring" : "fd");
    }

    @Override
    public boolean isOpen() {
        return straight.isOpen();
    }

    @Override
    public int send(ByteBuf shared, Rest rest) {
        return walks.sendsByRing() && together.send(shared, rest) == GATHERED ? GATHERED : straight.send(shared, rest);
    }

    @Override
    public void submit() {
        together.submit();
    }
}
