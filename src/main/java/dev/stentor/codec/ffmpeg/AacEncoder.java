package dev.stentor.codec.ffmpeg;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.SpeechTime;
import dev.stentor.program.Program;
import dev.stentor.program.ProgramRun;
import dev.stentor.program.ProgramThreads;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;

/**
 * An encoder of speech into AAC (LC, ADTS frames, mono, 24 kHz) by FFmpeg: one process for each stream, up to a limit.
 *
 * <p>Its pipes alone hold sound: what is not read waits in them, then the program waits, then no more sound is requested. Cancelling
 * kills the process. Its standard error is read and dropped. Blocks on threads of its own, four for each process; signals come on these.
 * Thread-safe.
 */
public final class AacEncoder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AacEncoder.class);
    private static final int TRIAL_BYTES = SpeechTime.BYTES_PER_SECOND;

    private final AacSettings settings;
    private final Program program;
    private final List<String> arguments;
    private final Scheduler timer;
    private final Executor threads;
    private final Semaphore places;
    private final Set<ProgramRun> running = ConcurrentHashMap.newKeySet();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();

    /**
     * Looks the program up, and starts nothing.
     *
     * @param timer measures times; not disposed with the encoder
     * @throws IllegalArgumentException if there is no such program
     */
    public AacEncoder(AacSettings settings, Scheduler timer) {
        this(settings, arguments(settings.bitRate()), timer);
    }

    /** Creates an encoder with other arguments. */
    AacEncoder(AacSettings settings, List<String> arguments, Scheduler timer) {
        this.settings = settings;
        this.program = new Program(settings.program(), Map.of(), System.getenv());
        this.arguments = List.copyOf(arguments);
        this.timer = timer;
        this.threads = ProgramThreads.of("aac", settings.processes());
        this.places = new Semaphore(settings.processes());
    }

    /** Encodes a second of silence as a trial, and logs the result. */
    public void tryOut() {
        var _ = encode(Flux.just(ByteBuffer.allocate(TRIAL_BYTES).asReadOnlyBuffer()))
                .subscribe(
                        _ -> {},
                        failure -> LOG.warn("Trying out the encoder of AAC failed: {}", failure.getMessage()),
                        () -> LOG.info("AAC is encoded by \"{}\".", settings.program()));
    }

    /**
     * Encodes sound. The process is started with the first sound. One buffer of sound is requested at a time, and the next when the
     * program has taken it. Fails as the sound does, after all frames so far; with an {@link EncoderException} if the program fails, or,
     * before the sound is subscribed to, if there are too many processes. Can be subscribed to once.
     */
    public Flux<byte[]> encode(Flux<ByteBuffer> sound) {
        return Flux.defer(() -> {
            if (!places.tryAcquire()) {
                refused.increment();
                return Flux.error(EncoderException.full());
            }
            var run = new ProgramRun(() -> program.start(arguments), settings.longest(), threads, timer);
            running.add(run);
            var stream = new AacStream(settings, run, threads, timer);
            return stream.of(sound)
                    .doOnError(EncoderException.class, _ -> failed.increment())
                    .doFinally(_ -> {
                        stream.stop();
                        threads.execute(() -> end(run));
                    });
        });
    }

    /** Returns the number of processes that run or are about to. */
    public int used() {
        return settings.processes() - places.availablePermits();
    }

    /** Returns the number of streams that were refused because all processes were in use. */
    public long refused() {
        return refused.sum();
    }

    /** Returns the number of streams whose process failed. */
    public long failed() {
        return failed.sum();
    }

    /** Kills all processes. */
    @Override
    public void close() {
        running.forEach(ProgramRun::kill);
    }

    /** Kills the process, and frees its place only after the process has gone; else too many could run at once. */
    private void end(ProgramRun run) {
        run.kill();
        run.whenGone(() -> {
            running.remove(run);
            places.release();
        });
    }

    private static List<String> arguments(int bitRate) {
        PcmFormat format = PcmFormat.SPEECH;
        return List.of(
                "-hide_banner",
                "-nostdin",
                "-loglevel",
                "error",
                "-probesize",
                "32",
                "-f",
                "s16le",
                "-ar",
                String.valueOf(format.sampleRateHz()),
                "-ac",
                String.valueOf(format.channels()),
                "-i",
                "pipe:0",
                "-c:a",
                "aac",
                "-b:a",
                String.valueOf(bitRate),
                "-f",
                "adts",
                "-flush_packets",
                "1",
                "pipe:1");
    }
}
