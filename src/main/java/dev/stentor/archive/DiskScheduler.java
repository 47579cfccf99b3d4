package dev.stentor.archive;

import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import reactor.core.scheduler.Scheduler;

/** The threads on which files are read and written; they may block. Thread-safe. */
final class DiskScheduler {

    private final Scheduler threads;

    DiskScheduler(Scheduler threads) {
        this.threads = threads;
    }

    /** Does the work, and gives the result or the failure on the same thread. Work that finds no place in the queue has failed. */
    <T> void call(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        try {
            var _ = threads.schedule(() -> attempt(work, done, failed));
        } catch (RejectedExecutionException e) {
            failed.accept(e);
        }
    }

    /** Does work whose result nobody waits for. */
    void run(Runnable work) {
        // Refused when closed: what this would have tidied up, the next start does.
        run(work, _ -> {});
    }

    /** Does the work, which tells its result itself; tells if it is refused because too much waits, or all is closed. */
    void run(Runnable work, Consumer<Throwable> refused) {
        try {
            var _ = threads.schedule(work);
        } catch (RejectedExecutionException e) {
            refused.accept(e);
        }
    }

    private static <T> void attempt(Callable<T> work, Consumer<T> done, Consumer<Throwable> failed) {
        T result;
        try {
            result = work.call();
        } catch (Throwable e) { // an Error too: somebody waits
            failed.accept(e);
            return;
        }
        done.accept(result);
    }
}
