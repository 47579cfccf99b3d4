package dev.stentor.speech.sentences;

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
 * The threads of a voice of this machine, and the queue before them. Jobs may block and use whole cores; they are never interrupted.
 * A job that is cancelled leaves the queue at once. Thread-safe.
 */
public final class Workers implements AutoCloseable {

    /** The kind of a job: it begins an utterance or continues one. */
    public enum JobKind {
        /** The first job of an utterance, which is refused when {@code waiting} jobs are in the queue. */
        FIRST,
        /** A later job, which is refused only when {@link #RESERVE} times as many are: an utterance that has begun should end. */
        LATER
    }

    private static final int RESERVE = 4;
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final ThreadPoolExecutor executor;
    private final String voice;
    private final int waiting;

    /**
     * Starts the threads.
     *
     * @param voice the voice as failures call it, such as {@code embedded voice}
     * @param name beginning of the threads' names
     * @param threads number of threads; each runs one job at a time
     * @param waiting most jobs in the queue when another utterance begins
     */
    public Workers(String voice, String name, int threads, int waiting) {
        if (threads <= 0 || waiting <= 0) {
            throw new IllegalArgumentException(
                    "threads and waiting must be positive, were " + threads + " and " + waiting);
        }
        this.voice = voice;
        this.waiting = waiting;
        var number = new AtomicInteger();
        this.executor = new ThreadPoolExecutor(
                threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting * RESERVE), work -> {
                    var thread = new Thread(work, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    // MaryTTS looks its parts up with it, once; a wrong one breaks it for the life of the process.
                    thread.setContextClassLoader(Workers.class.getClassLoader());
                    return thread;
                });
        executor.prestartAllCoreThreads();
    }

    /**
     * Runs work on one of the threads, each time the Mono is subscribed to; its signals come on that thread. Cancelling before
     * the work has begun takes it out of the queue; later its result is dropped. Fails with the work's own exception, or with
     * {@link SpeechException} if the queue is full or closed.
     */
    public <T> Mono<T> run(JobKind kind, Callable<T> work) {
        return Mono.create(sink -> {
            var job = new Job<>(sink, work);
            sink.onCancel(job::cancel);
            if (kind == JobKind.FIRST && waitingJobs() >= waiting) {
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

    /** Returns the number of jobs in the queue. */
    int waitingJobs() {
        return executor.getQueue().size();
    }

    /** Ends the threads after their current jobs; jobs in the queue fail. Does not wait. */
    @Override
    public void close() {
        executor.shutdown();
        List<Runnable> left = new ArrayList<>();
        executor.getQueue().drainTo(left);
        for (Runnable job : left) {
            ((Job<?>) job).refuse(closed());
        }
    }

    /** Returns the voice as failures call it. */
    String voice() {
        return voice;
    }

    /** Returns the failure of a request that comes when too many wait already. */
    SpeechFailure overloaded() {
        return new SpeechFailure.Throttled(
                "Throttling", "Too many requests wait for the " + voice + ". Try again later.", RETRY);
    }

    /** Returns the failure of a request that comes after the end. */
    SpeechFailure closed() {
        return new SpeechFailure.EngineFault("The " + voice + " has been shut down.");
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
            } catch (Throwable e) { // the subscriber must be told of any error
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
