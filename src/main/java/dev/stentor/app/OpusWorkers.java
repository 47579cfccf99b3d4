package dev.stentor.app;

import dev.stentor.codec.OpusSettings;
import dev.stentor.codec.OpusWarmUp;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that encode Opus for channels. Each stream submits one task at a time, so that at most as many tasks wait as there are
 * channels. Threads end after 60 s without work. Thread-safe.
 */
final class OpusWorkers implements Executor, AutoCloseable {

    private static final long IDLE_SECONDS = 60;

    private final ThreadPoolExecutor threads;
    private final OpusSettings settings;

    OpusWorkers(int count, OpusSettings settings) {
        this.settings = settings;
        var names = new AtomicInteger();
        threads = new ThreadPoolExecutor(
                count,
                count,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> Thread.ofPlatform()
                        .name("opus-" + names.incrementAndGet())
                        .daemon()
                        .unstarted(task));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Warms the encoder up on one of the threads, and does not wait for that. Does nothing once closed. */
    void warmUp() {
        if (!threads.isShutdown()) {
            threads.execute(new OpusWarmUp(settings));
        }
    }

    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Stops taking tasks and returns at once; tasks that were taken are finished. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
