package dev.stentor.program;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/** One process, which is started once at most and may be ended at any time. Thread-safe: its state is guarded by this. */
public final class ProgramRun {

    /** A function that starts the program for one request. */
    public interface Starter {
        Process start() throws IOException;
    }

    private final Starter starter;
    private final Duration longest;
    private final Executor threads;
    private final Scheduler timer;
    private final ErrorOutput errors = new ErrorOutput();
    private final AtomicBoolean overlong = new AtomicBoolean();
    private final Disposable.Swap alarm = Disposables.swap();
    private @Nullable Process process;
    private boolean over;

    /**
     * Creates a run that has not started the program yet.
     *
     * @param longest longest time that the process may run
     * @param threads threads that may block; it runs at most three tasks at a time there
     */
    public ProgramRun(Starter starter, Duration longest, Executor threads, Scheduler timer) {
        this.starter = starter;
        this.longest = longest;
        this.threads = threads;
        this.timer = timer;
    }

    /**
     * Returns the process, and starts it if it was not started. Blocks while the system makes it.
     *
     * @param feeding work that writes to a new process and may block
     */
    public synchronized Process process(Consumer<Process> feeding) throws IOException {
        if (process == null) {
            if (over) {
                throw new IOException("It was ended before it began");
            }
            Process started = starter.start();
            process = started;
            threads.execute(() -> feeding.accept(started));
            threads.execute(() -> errors.read(started.getErrorStream()));
            alarm.update(timer.schedule(this::ring, longest.toMillis(), TimeUnit.MILLISECONDS));
        }
        return process;
    }

    /** Tells whether it was ended because it ran too long. */
    public boolean wasOverlong() {
        return overlong.get();
    }

    /** Returns the beginning of its standard error, in one line; it may quote the program's input. */
    public String errors() {
        return errors.beginning();
    }

    /** Kills the process and all that it started, without asking it first. If it was never started, it never will be. */
    public synchronized void kill() {
        over = true;
        alarm.dispose();
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Runs a task when the process is gone; at once if there never was one. */
    public synchronized void whenGone(Runnable work) {
        if (process == null) {
            threads.execute(work);
        } else {
            var _ = process.onExit().thenRunAsync(work, threads);
        }
    }

    private void ring() {
        overlong.set(true);
        threads.execute(this::kill);
    }
}
