package dev.stentor.archive;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An executor that runs tasks one after another, in their order, on the callers' threads; no caller waits. Thread-safe. */
final class SerialExecutor {

    /** Keeps the name that log filters know. */
    private static final Logger LOG = LoggerFactory.getLogger("dev.stentor.archive.Mailbox");

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();

    /** Runs the task, now or, if one is running, after it. */
    void execute(Runnable task) {
        tasks.add(task);
        if (waiting.getAndIncrement() == 0) {
            do {
                guarded(tasks.remove());
            } while (waiting.decrementAndGet() > 0);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) { // an Error too: the tasks behind it must run
            LOG.atError().addKeyValue("type", e.getClass().getName()).log("a reader of the archive failed");
        }
    }
}
