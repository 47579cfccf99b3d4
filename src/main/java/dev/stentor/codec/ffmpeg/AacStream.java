package dev.stentor.codec.ffmpeg;

import dev.stentor.program.ProgramRun;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One stream that is encoded by its own process. Sound is written on one thread at a time, frames are read on another; state that both
 * see is volatile.
 */
final class AacStream {

    private static final int READ_BYTES = 8_192;
    private static final int EXIT_SECONDS = 2;
    private static final long NOT_NOW = Long.MAX_VALUE;
    private static final int LOOKS_PER_TIMEOUT = 4;

    private final AacSettings settings;
    private final ProgramRun run;
    private final Scheduler blocking;
    private final Executor threads;
    private final Scheduler timer;
    private final Sinks.One<Process> started = Sinks.one();
    private final Writer writer = new Writer();
    private final Disposable.Swap watch = Disposables.swap();

    /** Time since which the program has sound that it has not taken or not ended; {@link #NOT_NOW} if it has none. */
    private volatile long workSince = NOT_NOW;
    /** Time since which a frame is waited for; {@link #NOT_NOW} if none is requested. */
    private volatile long readingSince = NOT_NOW;

    private volatile boolean stuck;
    private volatile boolean unheard;
    private volatile boolean soundEnded;
    /** Failure of the sound; null while there is none. */
    private volatile @Nullable Throwable soundFailure;

    private boolean anything;

    AacStream(AacSettings settings, ProgramRun run, Executor threads, Scheduler timer) {
        this.settings = settings;
        this.run = run;
        this.threads = threads;
        this.blocking = Schedulers.fromExecutor(threads);
        this.timer = timer;
    }

    /** Returns the frames; see {@link AacEncoder#encode}. */
    Flux<byte[]> of(Flux<ByteBuffer> sound) {
        return Flux.deferContextual(context -> {
                    sound.publishOn(blocking, 1).contextWrite(context).subscribe(writer);
                    return started.asMono().flatMapMany(this::frames);
                })
                .doOnCancel(() -> unheard = true);
    }

    /** Ends the sound and the watch; the process is left alone. */
    void stop() {
        writer.cancel();
        watch.dispose();
    }

    private Flux<byte[]> frames(Process process) {
        return Flux.<byte[]>generate(sink -> next(process, sink)).subscribeOn(blocking);
    }

    private void next(Process process, SynchronousSink<byte[]> sink) {
        byte[] bytes = new byte[READ_BYTES];
        try {
            readingSince = now();
            int count = process.getInputStream().read(bytes);
            readingSince = NOT_NOW;
            if (count > 0) {
                anything = true;
                sink.next(Arrays.copyOf(bytes, count));
            } else {
                conclude(process, sink);
            }
        } catch (IOException _) { // its output was closed because it was ended
            conclude(process, sink);
        }
    }

    private void conclude(Process process, SynchronousSink<byte[]> sink) {
        Throwable failure = soundFailure;
        if (unheard) {
            sink.complete();
        } else if (stuck) {
            sink.error(fault("gave nothing for " + settings.timeout().toMillis() + " ms."));
        } else if (run.wasOverlong()) {
            sink.error(fault("was ended after " + settings.longest().toSeconds() + " s."));
        } else if (failure != null) {
            sink.error(failure);
        } else {
            concludeByExit(process, sink);
        }
    }

    private void concludeByExit(Process process, SynchronousSink<byte[]> sink) {
        try {
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                sink.error(fault("closed its output and did not end."));
            } else if (process.exitValue() != 0) {
                sink.error(fault("ended with code " + process.exitValue() + "."));
            } else if (!soundEnded) {
                sink.error(fault("ended before the sound did."));
            } else if (!anything) {
                sink.error(fault("made no sound."));
            } else {
                sink.complete();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            sink.error(fault("was interrupted."));
        }
    }

    private void look() {
        long now = now();
        long since = Math.max(workSince, readingSince);
        if (since != NOT_NOW && now - since >= settings.timeout().toMillis()) {
            stuck = true;
            watch.dispose();
            threads.execute(run::kill);
        }
    }

    private long now() {
        return timer.now(TimeUnit.MILLISECONDS);
    }

    private static EncoderException fault(String what) {
        return EncoderException.failed("The program that encodes AAC " + what);
    }

    /** The writer of the sound to the program's standard input, which starts the program first. */
    private final class Writer extends BaseSubscriber<ByteBuffer> {

        private @Nullable Process process;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            request(1);
        }

        @Override
        protected void hookOnNext(ByteBuffer sound) {
            try {
                Process program = process == null ? start() : process;
                byte[] bytes = new byte[sound.remaining()];
                sound.get(sound.position(), bytes);
                workSince = now();
                OutputStream input = program.getOutputStream();
                input.write(bytes);
                input.flush();
                workSince = NOT_NOW;
                request(1);
            } catch (IOException _) {
                cancel();
                started.tryEmitError(fault("could not be run."));
            }
        }

        @Override
        protected void hookOnComplete() {
            end();
        }

        @Override
        protected void hookOnError(Throwable failure) {
            soundFailure = failure;
            started.tryEmitError(failure);
            end();
        }

        private Process start() throws IOException {
            Process program = run.process(_ -> {});
            process = program;
            long period = Math.max(1, settings.timeout().toMillis() / LOOKS_PER_TIMEOUT);
            watch.update(timer.schedulePeriodically(AacStream.this::look, period, period, TimeUnit.MILLISECONDS));
            started.tryEmitValue(program);
            return program;
        }

        private void end() {
            started.tryEmitEmpty();
            soundEnded = true;
            workSince = now();
            Process program = process;
            if (program != null) {
                try {
                    program.getOutputStream().close();
                } catch (IOException _) { // the program has ended by itself; its exit code says whether it succeeded
                }
            }
        }
    }
}
