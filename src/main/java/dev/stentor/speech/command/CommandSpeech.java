package dev.stentor.speech.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.audio.SpeechConverter;
import dev.stentor.program.ProgramRun;
import dev.stentor.speech.BilledCharacters;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.SilenceTimeout;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * One text that is spoken by its own process. Reading is confined to one thread at a time; state that other threads see is
 * atomic.
 */
final class CommandSpeech implements SpeechSource {

    /** Most bytes of one read: a fifth of a second at 22.05 kHz. */
    private static final int READ_BYTES = 8_192;

    /** Longest time that a program may run after it has closed its output. */
    private static final int EXIT_SECONDS = 2;

    private final CommandSettings settings;
    private final String id;
    private final String text;
    private final ProgramRun run;
    private final ProcessLimiter limiter;
    private final Set<ProgramRun> running;
    private final Executor threads;
    private final Scheduler timer;

    private final AtomicLong samples = new AtomicLong();
    private final SpeechConverter converter;
    /** True when nobody listens any more; then the process may end in any way. */
    private volatile boolean unheard;

    private boolean atEnd;

    /**
     * Creates the speech of one text; it starts nothing before its audio is subscribed to.
     *
     * @param running set that holds the run from its start until its process is gone
     * @param threads threads that may block; this speech uses one at a time, and its process uses others
     */
    CommandSpeech(
            CommandSettings settings,
            String id,
            String text,
            ProgramRun run,
            ProcessLimiter limiter,
            Set<ProgramRun> running,
            Executor threads,
            Scheduler timer) {
        this.settings = settings;
        this.id = id;
        this.text = text;
        this.run = run;
        this.limiter = limiter;
        this.running = running;
        this.threads = threads;
        this.timer = timer;
        this.converter = new SpeechConverter(settings.format());
    }

    @Override
    public Flux<ByteBuffer> audio() {
        return soundOncePlaced().doOnNext(buffer -> samples.addAndGet(buffer.remaining() / 2));
    }

    private Flux<ByteBuffer> soundOncePlaced() {
        return Flux.defer(() -> {
            ProcessLimiter.Ticket ticket = limiter.enter();
            return ticket.place().thenMany(Flux.defer(this::sound)).doFinally(_ -> threads.execute(() -> end(ticket)));
        });
    }

    /** Reads sound only on demand, on a thread that may block; without demand the pipe fills, and the program waits. */
    private Flux<ByteBuffer> sound() {
        running.add(run);
        var silence = new SilenceTimeout(settings.timeout(), timer);
        Flux<ByteBuffer> read = Flux.<ByteBuffer>generate(sink -> next(sink, silence))
                .subscribeOn(Schedulers.fromExecutor(threads))
                .doOnCancel(() -> unheard = true);
        return silence.guard(read, waited -> new SpeechException(new SpeechFailure.Silent(waited, samples.get())));
    }

    private void next(SynchronousSink<ByteBuffer> sink, SilenceTimeout silence) {
        try {
            Process process = run.process(this::write);
            while (!atEnd) {
                byte[] bytes = new byte[READ_BYTES];
                int count = process.getInputStream().read(bytes);
                silence.alive();
                atEnd = count < 0;
                ByteBuffer sound = atEnd ? converter.finish() : converter.convert(ByteBuffer.wrap(bytes, 0, count));
                if (sound.hasRemaining()) {
                    sink.next(sound);
                    return;
                }
            }
            conclude(process, sink);
        } catch (IOException broken) {
            conclude(broken, sink);
        } catch (IllegalArgumentException strange) {
            sink.error(fault("gave sound of a kind that is not known here: " + strange.getMessage() + ".", null));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            if (unheard) {
                sink.complete();
            } else {
                sink.error(fault("was interrupted.", stopped));
            }
        }
    }

    private void write(Process started) {
        try (OutputStream input = started.getOutputStream()) {
            input.write((text + "\n").getBytes(UTF_8));
        } catch (IOException _) { // a program need not read to the end; its exit code says whether it succeeded
        }
    }

    private void conclude(Process process, SynchronousSink<ByteBuffer> sink) throws InterruptedException {
        if (unheard) {
            sink.complete();
        } else if (run.wasOverlong()) {
            sink.error(overlong());
        } else if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
            sink.error(fault("closed its output and did not end.", null));
        } else if (process.exitValue() != 0) {
            sink.error(fault("ended with code " + process.exitValue() + ".", null));
        } else if (samples.get() == 0) {
            sink.error(fault("made no sound.", null));
        } else {
            sink.complete();
        }
    }

    private void conclude(IOException broken, SynchronousSink<ByteBuffer> sink) {
        if (unheard) {
            sink.complete();
        } else {
            sink.error(run.wasOverlong() ? overlong() : fault("could not be run.", broken));
        }
    }

    /** Kills the process, and frees its place only after the process has gone; else too many could run at once. */
    private void end(ProcessLimiter.Ticket ticket) {
        run.kill();
        run.whenGone(() -> leave(ticket));
    }

    private void leave(ProcessLimiter.Ticket ticket) {
        running.remove(run);
        ticket.leave();
    }

    private SpeechException overlong() {
        return fault("was ended after " + settings.longest().toSeconds() + " s.", null);
    }

    private SpeechException fault(String what, @Nullable Throwable cause) {
        return new SpeechException(
                new SpeechFailure.EngineFault("The program \"" + settings.program() + "\" " + what), cause);
    }

    @Override
    public Mono<Receipt> receipt(Receipt.Ending ending) {
        return Mono.just(new Receipt(id, samples.get(), BilledCharacters.of(text), ending, null));
    }
}
