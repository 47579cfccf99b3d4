package dev.stentor.program;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that may block, for the pipes of programs. */
public final class ProgramThreads {

    private static final int PER_PROCESS = 4;
    private static final int IDLE_SECONDS = 10;

    private ProgramThreads() {}

    /**
     * Creates the threads for a number of processes at once. They end when they are idle.
     *
     * @param name beginning of their names
     */
    public static Executor of(String name, int processes) {
        int most = processes * PER_PROCESS;
        var number = new AtomicInteger();
        var executor = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    var thread = new Thread(work, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
