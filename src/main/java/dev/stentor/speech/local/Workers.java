package dev.stentor.speech.local;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Threads of the embedded engine's own, and the line before them. Work may block and use a whole core; it is never interrupted. Work
 * that was cancelled leaves the line at once. Thread-safe.
 */
final class Workers implements AutoCloseable {

    /** Whether work begins an utterance or carries one on. */
    enum Turn {
        /** Refused when {@code waiting} jobs stand in line. */
        FIRST,
        /** Refused only when {@link #RESERVE} times as many do: who has begun to speak shall end. */
        LATER
    }

    private static final int RESERVE = 4;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ThreadPoolExecutor executor;
    private final int waiting;

    /**
     * Starts the threads.
     *
     * @param threads how many; each runs one job at a time
     * @param waiting how many jobs may stand in line when another utterance begins
     */
    Workers(int threads, int waiting) {
        if (threads <= 0 || waiting <= 0) {
            throw new IllegalArgumentException(
                    "threads and waiting must be positive, were " + threads + " and " + waiting);
        }
        this.waiting = waiting;
        var number = new AtomicInteger();
        this.executor = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting * RESERVE), work -> {
                    var thread = new Thread(work, "local-voice-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    // MaryTTS looks its parts up with it, once; the wrong one breaks it for the life of the process.
                    thread.setContextClassLoader(Workers.class.getClassLoader());
                    return thread;
                });
        executor.prestartAllCoreThreads();
    }

    /**
     * Does work on one of the threads, each time the Mono is subscribed to; its signals come on that thread. Cancelling before the
     * work has begun takes it out of the line, later its result is dropped. Fails with the work's own exception, or with
     * {@link SpeechException} if the line is full or closed.
     */
    <T> Mono<T> run(Turn turn, Callable<T> work) {
        return Mono.create(sink -> {
            var job = new Job<>(sink, work);
            sink.onCancel(job::cancel);
            if (turn == Turn.FIRST && waitingJobs() >= waiting) {
                job.refuse(overloaded());
                return;
            }
            try {
                executor.execute(job);
            } catch (RejectedExecutionException _) {
                job.refuse(executor.isShutdown() ? closed() : overloaded());
            }
        });
    }

    /** Jobs that stand in line. */
    int waitingJobs() {
        return executor.getQueue().size();
    }

    /** Ends the threads after the jobs that they are at; those in line fail. Does not wait. */
    @Override
    public void close() {
        executor.shutdown();
        List<Runnable> left = new ArrayList<>();
        executor.getQueue().drainTo(left);
        for (Runnable job : left) {
            ((Job<?>) job).refuse(closed());
        }
    }

    private static SpeechFailure overloaded() {
        return new SpeechFailure.Throttled(
                "Throttling", "The embedded voice has too many requests in line. Try again later.", RETRY);
    }

    private static SpeechFailure closed() {
        return new SpeechFailure.EngineFault("The embedded voice has been shut down.");
    }

    private final class Job<T> implements Runnable {

        private final MonoSink<T> sink;
        private final Callable<T> work;
        private volatile boolean cancelled;

        Job(MonoSink<T> sink, Callable<T> work) {
            this.sink = sink;
            this.work = work;
        }

        @Override
        public void run() {
            if (cancelled) {
                return;
            }
            T result;
            try {
                result = work.call();
            } catch (Throwable e) { // whatever it is, the subscriber must hear of it
                sink.error(e);
                if (e instanceof VirtualMachineError fatal) {
                    throw fatal;
                }
                return;
            }
            sink.success(result);
        }

        void cancel() {
            cancelled = true;
            executor.remove(this);
        }

        void refuse(SpeechFailure failure) {
            sink.error(new SpeechException(failure));
        }
    }
}
