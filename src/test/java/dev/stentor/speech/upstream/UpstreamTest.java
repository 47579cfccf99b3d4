package dev.stentor.speech.upstream;

import static dev.stentor.speech.upstream.Attempts.BUSY;
import static dev.stentor.speech.upstream.Attempts.CUT;
import static dev.stentor.speech.upstream.Attempts.DOWN;
import static dev.stentor.speech.upstream.Attempts.NO_KEY;
import static dev.stentor.speech.upstream.Attempts.NO_MODEL;
import static dev.stentor.speech.upstream.Attempts.SOUND;
import static dev.stentor.speech.upstream.Attempts.WRONG;
import static dev.stentor.speech.upstream.Attempts.brokenAfter;
import static dev.stentor.speech.upstream.Attempts.failing;
import static dev.stentor.speech.upstream.Attempts.trying;
import static dev.stentor.speech.upstream.Attempts.whole;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** One service with its guard, in virtual time. */
class UpstreamTest extends SpeechEngineContract {

    private static final SpeechRequest REQUEST = SpeechRequest.of("A quarter of a second, and the same again.");
    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    @AfterEach
    void end() {
        time.dispose();
    }

    @Override
    protected SpeechEngine engine() {
        return upstream(ScriptedEngine.speaking(SOUND, 1_000));
    }

    @Override
    protected SpeechRequest request() {
        return REQUEST;
    }

    @Test
    void whatMayPassIsTriedAgainUntilItDoes() {
        List<SpeechFailure> passing = List.of(
                BUSY,
                DOWN,
                CUT,
                new SpeechFailure.Refused(503, "ModelUnavailable", "Busy.", null),
                new SpeechFailure.FailedInStream(500, "InternalError", "Oops.", null, 0),
                new SpeechFailure.Silent(Duration.ofSeconds(30), 0),
                new SpeechFailure.Malformed("What?"));
        for (SpeechFailure failure : passing) {
            var engine = trying(failing(failure), failing(failure), whole());
            var upstream = upstream(engine);
            assertThat(heard(upstream, AN_HOUR).audio()).isEqualTo(SOUND);
            assertThat(engine.requests()).containsExactly(REQUEST, REQUEST, REQUEST);
            assertThat(upstream.stats().retries()).isEqualTo(2);
        }
    }

    @Test
    void whatIsWrongOrRefusedIsNotTriedAgain() {
        for (SpeechFailure failure : List.of(WRONG, NO_KEY, NO_MODEL)) {
            var engine = trying(failing(failure), whole());
            assertThat(heard(upstream(engine), AN_HOUR).failure()).isEqualTo(failure);
            assertThat(engine.requests()).hasSize(1);
        }
    }

    @Test
    void afterThreeTriesTheLastFailureCounts() {
        var engine = trying(failing(DOWN), failing(BUSY), failing(CUT), whole());
        assertThat(heard(upstream(engine), AN_HOUR).failure()).isEqualTo(CUT);
        assertThat(engine.requests()).hasSize(3);
    }

    @Test
    void pausesDoubleAndAreHalfLeftToChance() {
        BackOff early = BackOff.standard(() -> 0);
        BackOff late = BackOff.standard(() -> 1);
        assertThat(List.of(early.after(1), early.after(2), early.after(3), early.after(60)))
                .extracting(Duration::toMillis)
                .containsExactly(125L, 250L, 500L, 2_500L);
        assertThat(List.of(late.after(1), late.after(2), late.after(3), late.after(60)))
                .extracting(Duration::toMillis)
                .containsExactly(250L, 500L, 1_000L, 5_000L);
    }

    @Test
    void nothingIsSentBeforeThePauseIsOver() {
        var engine = trying(failing(DOWN), whole());
        var heard = listening(upstream(engine));
        time.advanceTimeBy(Duration.ofMillis(249));
        assertThat(engine.requests()).hasSize(1);
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(heard.audio()).isEqualTo(SOUND);
    }

    @Test
    void theServicesWordOnWhenToComeBackIsKept() {
        var engine = trying(failing(throttled(Duration.ofSeconds(7))), whole());
        var heard = listening(upstream(engine));
        time.advanceTimeBy(Duration.ofMillis(6_999));
        assertThat(engine.requests()).hasSize(1);
        time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(heard.audio()).isEqualTo(SOUND);
    }

    @Test
    void aTimeTooFarOffIsNotWaitedFor() {
        SpeechFailure throttled = throttled(Duration.ofSeconds(11));
        var upstream = upstream(trying(failing(throttled), whole()));
        assertThat(heard(upstream, Duration.ZERO).failure()).isEqualTo(throttled);
        assertThat(upstream.stats().throttled()).isEqualTo(1);
    }

    @Test
    void whoLeavesDuringAPauseIsNotTriedAgain() {
        var engine = trying(failing(DOWN), whole());
        var heard = listening(upstream(engine));
        heard.listening.dispose();
        time.advanceTimeBy(AN_HOUR);
        assertThat(engine.requests()).hasSize(1);
        assertThat(heard.receipt()).isEqualTo(new Receipt("", 0, 42, Receipt.Ending.CANCELLED, null));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 351, 4_800, 4_801, 11_999, 12_000})
    void theSameSoundIsJoinedToTheSampleWhereItBroke(int samples) {
        var engine = trying(brokenAfter(samples, CUT), whole());
        var heard = heard(upstream(engine), AN_HOUR);
        assertThat(heard.failure()).isNull();
        assertThat(heard.audio()).isEqualTo(SOUND);
        assertThat(heard.receipt())
                .isEqualTo(new Receipt("scripted-request", 12_000, 42, Receipt.Ending.COMPLETE, null));
        assertThat(engine.requests()).hasSize(2);
    }

    @Test
    void itMayBreakTwiceAndWhileItIsCatchingUp() {
        var twice = heard(upstream(trying(brokenAfter(5_000, CUT), brokenAfter(9_000, CUT), whole())), AN_HOUR);
        assertThat(twice.audio()).isEqualTo(SOUND);
        var catchingUp = heard(upstream(trying(brokenAfter(5_000, CUT), brokenAfter(100, DOWN), whole())), AN_HOUR);
        assertThat(catchingUp.audio()).isEqualTo(SOUND);
    }

    @Test
    void anotherSoundEndsItWithTheFailureThatBrokeIt() {
        byte[] other = SOUND.clone();
        other[300]++;
        var engine = trying(
                brokenAfter(8_000, CUT),
                Flux.fromIterable(Signals.chunks(other, 480)).take(20).concatWith(Flux.never()));
        var heard = heard(upstream(engine), AN_HOUR);
        assertThat(heard.failure()).isEqualTo(CUT);
        assertThat(heard.audio()).as("exactly what was heard").isEqualTo(Arrays.copyOf(SOUND, 16_000));
        assertThat(engine.requests()).hasSize(2);
        assertThat(engine.cancellations())
                .as("a fifth of a second of it was enough")
                .isEqualTo(1);
    }

    @Test
    void aSoundThatIsShorterThanWhatWasHeardIsAnother() {
        var engine = trying(brokenAfter(8_000, CUT), whole().take(3));
        assertThat(heard(upstream(engine), AN_HOUR).failure()).isEqualTo(CUT);
    }

    @Test
    void aVainAttemptToGoOnDoesNotHideWhatBrokeIt() {
        var engine = trying(brokenAfter(8_000, CUT), failing(WRONG));
        var heard = heard(upstream(engine), AN_HOUR);
        assertThat(heard.failure()).isEqualTo(CUT);
        assertThat(heard.audio()).hasSize(16_000);
    }

    @Test
    void catchingUpNeedsNoMoreDemandThanTheListenerHas() {
        var engine = trying(brokenAfter(6_000, CUT), whole());
        var sound = upstream(engine).speak(REQUEST).audio().limitRate(1).collectList();
        Mono<List<ByteBuffer>> cached = sound.cache();
        cached.subscribe();
        time.advanceTimeBy(AN_HOUR);
        assertThat(bytes(cached.blockOptional().orElseThrow())).isEqualTo(SOUND);
    }

    @Test
    void onlySoManyCallsAreMadeAtOnceAndTheNextInOrder() {
        var voices = new ArrayList<Sinks.Empty<ByteBuffer>>();
        var engine = ScriptedEngine.of(_ -> {
            voices.add(Sinks.empty());
            return voices.getLast().asMono().flux();
        });
        var upstream = upstream(engine, 2, 0, 2);
        var all = List.of("a", "b", "c", "d").stream()
                .map(text -> listening(upstream, text))
                .toList();
        assertThat(texts(engine)).containsExactly("a", "b");
        var tooMany = listening(upstream, "e");
        assertThat(tooMany.failure())
                .isEqualTo(new SpeechFailure.Throttled(
                        "Throttling", "Too many requests wait for the speech service.", null));
        voices.get(1).tryEmitEmpty().orThrow();
        assertThat(texts(engine)).containsExactly("a", "b", "c");
        all.get(3).listening.dispose();
        var next = listening(upstream, "f");
        voices.getFirst().tryEmitEmpty().orThrow();
        assertThat(texts(engine)).as("who left gave the place away").containsExactly("a", "b", "c", "f");
        assertThat(next.failure()).isNull();
        assertThat(upstream.stats().throttled()).isEqualTo(1);
        assertThat(upstream.stats().failures()).isZero();
    }

    @Test
    void nobodyWaitsForAPlaceForEver() {
        var upstream = upstream(ScriptedEngine.of(_ -> Flux.never()), 1, 0, 2);
        var first = listening(upstream, "a");
        var second = listening(upstream, "b");
        time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(second.failure())
                .isEqualTo(
                        new SpeechFailure.Throttled("Throttling", "The speech service was busy for too long.", null));
        assertThat(first.failure()).isNull();
    }

    @Test
    void callsBeginAtAnEvenPace() {
        var begun = new ArrayList<Long>();
        var engine = ScriptedEngine.of(_ -> {
            begun.add(time.now(TimeUnit.MILLISECONDS));
            return Flux.empty();
        });
        var upstream = upstream(engine, 10, 4, 10);
        for (int i = 0; i < 8; i++) {
            var _ = listening(upstream);
        }
        var gone = listening(upstream);
        gone.listening.dispose();
        var _ = listening(upstream);
        time.advanceTimeBy(Duration.ofSeconds(4));
        assertThat(begun).containsExactly(0L, 250L, 500L, 750L, 1_000L, 1_250L, 1_500L, 1_750L, 2_000L);
    }

    @Test
    void aServiceThatFailsTooOftenIsLeftAloneForAWhileAndThenTried() {
        var engine = trying(
                failing(DOWN), failing(DOWN), failing(DOWN), failing(DOWN), failing(DOWN), failing(DOWN), whole());
        var upstream = upstream(engine);
        for (int i = 0; i < 2; i++) {
            assertThat(heard(upstream, Duration.ofSeconds(5)).failure()).isEqualTo(DOWN);
        }
        assertThat(upstream.stats().state()).isEqualTo(UpstreamStats.State.DOWN);
        assertThat(heard(upstream, Duration.ZERO).failure()).isInstanceOf(SpeechFailure.Unreachable.class);
        assertThat(engine.requests()).hasSize(6);
        time.advanceTimeBy(Duration.ofSeconds(16));
        assertThat(heard(upstream, Duration.ZERO).audio()).isEqualTo(SOUND);
        assertThat(upstream.stats().state()).isEqualTo(UpstreamStats.State.TRYING);
        assertThat(heard(upstream, Duration.ZERO).audio()).isEqualTo(SOUND);
        assertThat(upstream.stats()).isEqualTo(new UpstreamStats("cloud", UpstreamStats.State.UP, 8, 6, 4, 0));
    }

    @Test
    void whatIsNotTheServicesFaultDoesNotTakeItDown() {
        for (SpeechFailure failure : List.of(BUSY, WRONG, NO_MODEL)) {
            var upstream = upstream(trying(failing(failure)));
            for (int i = 0; i < 30; i++) {
                assertThat(heard(upstream, Duration.ofMinutes(1)).failure()).isEqualTo(failure);
            }
            assertThat(upstream.stats().state()).isEqualTo(UpstreamStats.State.UP);
        }
        var left = upstream(ScriptedEngine.of(_ -> Flux.never()));
        for (int i = 0; i < 30; i++) {
            listening(left).listening.dispose();
        }
        assertThat(left.stats().state()).isEqualTo(UpstreamStats.State.UP);
    }

    @Test
    void aRefusedKeyShowsUntilItIsTaken() {
        var upstream = upstream(trying(failing(NO_KEY), whole()));
        var _ = heard(upstream, Duration.ZERO);
        assertThat(upstream.stats().state()).isEqualTo(UpstreamStats.State.KEY_REFUSED);
        var _ = heard(upstream, Duration.ZERO);
        assertThat(upstream.stats().state()).isEqualTo(UpstreamStats.State.UP);
    }

    private Upstream upstream(SpeechEngine engine) {
        return upstream(engine, 32, 0, 100);
    }

    private Upstream upstream(SpeechEngine engine, int maxConcurrent, double requestsPerSecond, int maxWaiting) {
        return new Upstream(
                engine,
                new UpstreamSettings(
                        "cloud", List.of(), maxConcurrent, requestsPerSecond, maxWaiting, Duration.ofSeconds(10), 3),
                time,
                () -> 1);
    }

    private static SpeechFailure throttled(Duration retryAfter) {
        return new SpeechFailure.Throttled("Throttling.RateQuota", "Too many.", retryAfter);
    }

    private static List<String> texts(ScriptedEngine engine) {
        return engine.requests().stream().map(SpeechRequest::text).toList();
    }

    private Listening heard(SpeechEngine engine, Duration meanwhile) {
        Listening heard = listening(engine);
        time.advanceTimeBy(meanwhile);
        return heard;
    }

    private static Listening listening(SpeechEngine engine) {
        return new Listening(engine.speak(REQUEST));
    }

    private static Listening listening(SpeechEngine engine, String text) {
        return new Listening(engine.speak(SpeechRequest.of(text)));
    }

    /** What somebody hears of a speech, from now on. */
    private static final class Listening {

        private final List<ByteBuffer> buffers = new ArrayList<>();
        private final Speech speech;
        private final Disposable listening;
        private @Nullable Throwable error;

        Listening(Speech speech) {
            this.speech = speech;
            this.listening = speech.audio().subscribe(buffers::add, failed -> error = failed);
        }

        byte[] audio() {
            return bytes(buffers);
        }

        @Nullable SpeechFailure failure() {
            return error instanceof SpeechException failed ? failed.failure() : null;
        }

        @Nullable Receipt receipt() {
            return speech.receipt().block(Duration.ofSeconds(10));
        }
    }
}
