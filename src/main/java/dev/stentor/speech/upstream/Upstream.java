package dev.stentor.speech.upstream;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Remedy;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.trace.TraceLog;
import dev.stentor.trace.TraceSpan;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * One service and the guard before it: requests wait for a place, are tried again when that may help, and are kept away while the
 * service is down. Thread-safe.
 *
 * <p>A failure of {@link Remedy#AGAIN} is tried again, with growing pauses. If the service said when to come back, it is not
 * called earlier; if that is too far off, it is not called again. Once something was heard, a new attempt must give the same
 * samples up to there; see {@link RetriedSpeech}. {@link Failover} makes the attempts. Signals come on threads of the engine,
 * after a wait on the timer.
 */
public final class Upstream {

    private static final Logger LOG = LoggerFactory.getLogger(Upstream.class);
    private static final int TOO_MANY_REQUESTS = 429;
    /** Most new attempts after some of the sound was given. */
    private static final int MOST_REJOINS = 2;

    private final SpeechEngine engine;
    private final UpstreamSettings settings;
    private final Predicate<SpeechRequest> serves;
    private final Scheduler timer;
    private final CallStats stats;
    private final BackOff backOff;
    private final CallLimiter limiter;
    private final Health health;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder throttled = new LongAdder();

    /**
     * Guards an engine, which the caller owns and closes.
     *
     * @param serves further condition besides the list of models, such as the account of a cloned voice; called from any thread
     * @param timer measures pauses and waits; not disposed with the upstream
     * @param stats takes the times of calls
     * @param random gives numbers from 0 to 1, which spread new attempts; called from any thread
     */
    public Upstream(
            SpeechEngine engine,
            UpstreamSettings settings,
            Predicate<SpeechRequest> serves,
            Scheduler timer,
            CallStats stats,
            DoubleSupplier random) {
        this.engine = engine;
        this.settings = settings;
        this.serves = serves;
        this.timer = timer;
        this.stats = stats;
        this.backOff = BackOff.standard(random);
        this.limiter = new CallLimiter(settings, timer);
        this.health = new Health(settings.name(), timer);
    }

    /** Returns the name that the configuration gives it. */
    String name() {
        return settings.name();
    }

    /** Tells whether this upstream takes the request's model and voice. */
    boolean takes(SpeechRequest request) {
        return settings.take(request) && serves.test(request);
    }

    /** Returns its current state and totals. */
    UpstreamStats stats() {
        return new UpstreamStats(
                settings.name(), health.state(), calls.sum(), failures.sum(), retries.sum(), throttled.sum());
    }

    /** Returns the attempts of this service at one request; they belong to one subscription. */
    Tries tries(SpeechRequest request) {
        return new Tries(request);
    }

    /** Returns at once the reason why the service's engine cannot speak a request; empty if there is none. */
    Optional<InvalidInput> objection(SpeechRequest request) {
        return engine.objection(request);
    }

    /** Tells whether a request was refused because there were too many. */
    static boolean isThrottled(SpeechFailure failure) {
        return failure instanceof SpeechFailure.Throttled
                || (failure instanceof SpeechFailure.FailedInStream failed && failed.status() == TOO_MANY_REQUESTS);
    }

    private static @Nullable Duration retryAfter(SpeechFailure failure) {
        return failure instanceof SpeechFailure.Throttled(var _, var _, Duration after) ? after : null;
    }

    /** The attempts of this service at one request; confined to its subscription. */
    final class Tries {

        private final SpeechRequest request;
        private @Nullable SpeechException failure;
        private long failedAtBytes;
        /** Bytes of sound of the attempt that got farthest, heard or not. */
        private long givenBytes;

        private boolean leads;
        private int made;
        private int rejoins;

        private Tries(SpeechRequest request) {
            this.request = request;
        }

        /** Returns the failure to end with: the one that broke off this service's sound, not one of a later attempt. */
        SpeechException failure() {
            return Objects.requireNonNull(failure, "no attempt has failed yet");
        }

        /** Tells whether this service has given all sound that the listener has heard. */
        boolean leads() {
            return leads;
        }

        /** Returns the next attempt; its audio is subscribed to at once. */
        Speech next() {
            Optional<InvalidInput> objection = objection(request);
            if (objection.isPresent()) {
                return Speech.failed(objection.get());
            }
            made++;
            var begun = new AtomicBoolean();
            Speech speech = engine.speak(request);
            Flux<ByteBuffer> audio = Flux.defer(() -> {
                begun.set(true);
                calls.increment();
                return TimedCall.of(speech.audio(), settings.name(), stats, timer);
            });
            Mono<Receipt> receipt = Mono.defer(() -> begun.get() ? speech.receipt() : Mono.empty());
            return new Speech(health.watch(limiter.through(audio)), receipt);
        }

        /** Emits when the next attempt after a failed one is due; completes empty if this service must not be tried again. */
        Mono<Long> again(SpeechException failed, RetriedSpeech.Progress progress) {
            givenBytes = Math.max(givenBytes, progress.attemptBytes());
            leads = leads || progress.leads();
            if (failure == null || givenBytes == 0 || givenBytes > failedAtBytes) {
                failure = failed;
                failedAtBytes = givenBytes;
            }
            return made == 0 ? Mono.empty() : again(failed.failure());
        }

        private Mono<Long> again(SpeechFailure failure) {
            if (isThrottled(failure)) {
                throttled.increment();
            }
            if (CallLimiter.refused(failure) || Health.refused(failure)) {
                return Mono.empty();
            }
            failures.increment();
            boolean rejoin = givenBytes > 0;
            if (Remedy.of(failure) != Remedy.AGAIN
                    || made >= settings.tries()
                    || (rejoin && ++rejoins > MOST_REJOINS)) {
                return Mono.empty();
            }
            Duration after = retryAfter(failure);
            if (after != null && after.compareTo(settings.longestWait()) > 0) {
                return Mono.empty();
            }
            Duration pause = backOff.after(made);
            Duration wait = after == null || after.compareTo(pause) < 0 ? pause : after;
            retries.increment();
            int attempt = made + 1;
            return Mono.deferContextual(context -> {
                TraceLog.in(TraceSpan.in(context), LOG.atWarn())
                        .addKeyValue("upstream", settings.name())
                        .addKeyValue("code", failure.code())
                        .addKeyValue("attempt", attempt)
                        .addKeyValue("waitMillis", wait.toMillis())
                        .log("A speech request is tried again");
                return Mono.delay(wait, timer);
            });
        }
    }
}
