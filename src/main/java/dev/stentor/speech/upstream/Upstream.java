package dev.stentor.speech.upstream;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Remedy;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * A service with a guard before it: requests wait in line, are tried again when that may help, and are kept away while the service
 * is down. Thread-safe.
 *
 * <p>Tried again, with growing pauses, is what {@link Remedy#AGAIN} says; the service's own word on when to come back is kept, and if
 * that is too far off, it is not waited for. Once something was heard, a new attempt must give the same samples up to there; see
 * {@link RetriedSpeech}. Signals come on threads of the engine, after a wait on the timer.
 */
public final class Upstream implements SpeechEngine {

    private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);
    private static final int TOO_MANY_REQUESTS = 429;
    /** New attempts of something that was heard already. */
    private static final int MOST_REJOINS = 2;

    private final SpeechEngine engine;
    private final UpstreamSettings settings;
    private final Scheduler timer;
    private final BackOff backOff;
    private final CallLimiter line;
    private final Health health;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder throttled = new LongAdder();

    /**
     * Guards an engine, which stays the caller's to close.
     *
     * @param timer measures pauses and waits; not disposed with it
     * @param random from 0 to 1, spreads new attempts; called from any thread
     */
    public Upstream(SpeechEngine engine, UpstreamSettings settings, Scheduler timer, DoubleSupplier random) {
        this.engine = engine;
        this.settings = settings;
        this.timer = timer;
        this.backOff = BackOff.standard(random);
        this.line = new CallLimiter(settings, timer);
        this.health = new Health(settings.name(), timer);
    }

    /** By configuration. */
    public String name() {
        return settings.name();
    }

    /** Whether it is asked for requests of such a model. */
    public boolean takes(SpeechRequest request) {
        return settings.take(request);
    }

    /** How it is doing at this moment. */
    public UpstreamStats stats() {
        return new UpstreamStats(
                settings.name(), health.state(), calls.sum(), failures.sum(), retries.sum(), throttled.sum());
    }

    @Override
    public Speech speak(SpeechRequest request) {
        Optional<InvalidInput> objection = objection(request);
        return objection.isPresent()
                ? Speech.failed(objection.get())
                : RetriedSpeech.of(request.text(), new Tries(request));
    }

    @Override
    public Optional<InvalidInput> objection(SpeechRequest request) {
        return engine.objection(request);
    }

    /** Whether it was refused for being one too many. */
    static boolean isThrottled(SpeechFailure failure) {
        return failure instanceof SpeechFailure.Throttled
                || (failure instanceof SpeechFailure.FailedInStream failed && failed.status() == TOO_MANY_REQUESTS);
    }

    private static @Nullable Duration retryAfter(SpeechFailure failure) {
        return failure instanceof SpeechFailure.Throttled(var _, var _, Duration after) ? after : null;
    }

    /** The attempts for one request; confined to its subscription. */
    private final class Tries implements RetriedSpeech.Plan {

        private final SpeechRequest request;
        private int made;
        private int rejoins;

        Tries(SpeechRequest request) {
            this.request = request;
        }

        @Override
        public Speech next() {
            made++;
            var begun = new AtomicBoolean();
            Speech speech = engine.speak(request);
            Flux<ByteBuffer> audio = Flux.defer(() -> {
                begun.set(true);
                calls.increment();
                return speech.audio();
            });
            Mono<Receipt> receipt = Mono.defer(() -> begun.get() ? speech.receipt() : Mono.empty());
            return new Speech(health.watch(line.through(audio)), receipt);
        }

        @Override
        public Mono<Long> again(SpeechException failed, boolean heard) {
            SpeechFailure failure = failed.failure();
            if (isThrottled(failure)) {
                throttled.increment();
            }
            if (CallLimiter.refused(failure) || Health.refused(failure)) {
                return Mono.empty();
            }
            failures.increment();
            if (Remedy.of(failure) != Remedy.AGAIN || made >= settings.tries() || (heard && ++rejoins > MOST_REJOINS)) {
                return Mono.empty();
            }
            Duration after = retryAfter(failure);
            if (after != null && after.compareTo(settings.longestWait()) > 0) {
                return Mono.empty();
            }
            Duration pause = backOff.after(made);
            Duration wait = after == null || after.compareTo(pause) < 0 ? pause : after;
            retries.increment();
            LOG.atWarn()
                    .addKeyValue("upstream", settings.name())
                    .addKeyValue("code", failure.code())
                    .addKeyValue("attempt", made + 1)
                    .addKeyValue("waitMillis", wait.toMillis())
                    .log("A speech request is tried again");
            return Mono.delay(wait, timer);
        }
    }
}
