package dev.stentor.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import dev.stentor.metrics.MemoryFailureMeters;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.internal.OutOfDirectMemoryError;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * A guard against a process that has run out of memory and lives on without a use. If the heap is full, it halts the process, so that it
 * is started anew. If direct memory is full, only the connection that met it is closed, and an alarm is raised.
 *
 * <p>It looks at every throwable that is logged, since Netty's event loops log what their tasks and handlers throw and tell nobody else.
 * A JVM with {@code -XX:+ExitOnOutOfMemoryError} ends even earlier. Thread-safe.
 */
final class MemoryGuard implements AutoCloseable {

    /** Exit code of a process whose heap was full; that of {@code -XX:+ExitOnOutOfMemoryError} as well. */
    static final int HEAP_FULL = 3;

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(MemoryGuard.class);
    private static final long ALARM_NANOS = Duration.ofSeconds(10).toNanos();

    private final MemoryFailureMeters meters;
    private final LongSupplier nanos;
    private final IntConsumer halt;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong alarmedAtNanos;
    private final LogWatch watch = new LogWatch();
    private @Nullable LoggerContext log;

    /**
     * Creates a guard that looks at nothing yet.
     *
     * @param nanos a clock in ns
     * @param halt ends the process at once with that exit code
     */
    MemoryGuard(MemoryFailureMeters meters, LongSupplier nanos, IntConsumer halt) {
        this.meters = meters;
        this.nanos = nanos;
        this.halt = halt;
        this.alarmedAtNanos = new AtomicLong(nanos.getAsLong() - ALARM_NANOS);
    }

    /** Creates the guard of this process, and looks at its log until it is closed. */
    static MemoryGuard ofProcess(MemoryFailureMeters meters) {
        var guard = new MemoryGuard(meters, System::nanoTime, Runtime.getRuntime()::halt);
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            guard.log = context;
            context.addTurboFilter(guard.watch);
        }
        return guard;
    }

    /** Looks at something that was thrown, and at its causes. Called from any thread. */
    void look(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (cause instanceof OutOfMemoryError error) {
                met(error);
                return;
            }
            cause = cause.getCause();
        }
    }

    /** Returns the handler of one connection, which closes it if direct memory fails. To be the first of its pipeline. */
    ChannelHandler ofConnection() {
        return new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                look(cause);
                if (isOfDirectMemory(cause)) {
                    var _ = context.close();
                } else {
                    context.fireExceptionCaught(cause);
                }
            }
        };
    }

    @Override
    public void close() {
        LoggerContext watched = log;
        if (watched != null) {
            watched.getTurboFilterList().remove(watch);
        }
    }

    /** Tells direct memory from the heap: the JDK's error is of the same type, and only its words differ. */
    static boolean isOfDirectMemory(Throwable error) {
        return error instanceof OutOfDirectMemoryError
                || (error instanceof OutOfMemoryError
                        && String.valueOf(error.getMessage())
                                .toLowerCase(Locale.ROOT)
                                .contains("direct buffer memory"));
    }

    private void met(OutOfMemoryError error) {
        if (isOfDirectMemory(error)) {
            alarm();
            return;
        }
        try {
            LOG.error("The heap is full; the process ends with code {}, to be started anew", HEAP_FULL);
        } finally {
            halt.accept(HEAP_FULL);
        }
    }

    private void alarm() {
        meters.direct();
        long count = failures.incrementAndGet();
        long now = nanos.getAsLong();
        long last = alarmedAtNanos.get();
        if (now - last >= ALARM_NANOS && alarmedAtNanos.compareAndSet(last, now)) {
            LOG.atError()
                    .addKeyValue("failures", count)
                    .log("Direct memory is full: connections that need more of it are closed");
        }
    }

    /** A filter of the log that filters nothing. */
    private final class LogWatch extends TurboFilter {
        @Override
        public FilterReply decide(
                @Nullable Marker marker,
                ch.qos.logback.classic.Logger logger,
                Level level,
                @Nullable String format,
                Object @Nullable [] arguments,
                @Nullable Throwable thrown) {
            if (thrown != null) {
                look(thrown);
            }
            return FilterReply.NEUTRAL;
        }
    }
}
