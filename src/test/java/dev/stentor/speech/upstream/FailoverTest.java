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

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Several services; each is called once for a request, so that nothing waits. */
class FailoverTest extends SpeechEngineContract {

    private static final SpeechRequest REQUEST = SpeechRequest.of("Somebody will speak this.");
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ScriptedEngine spare = ScriptedEngine.speaking(SOUND, 960);

    @Override
    protected SpeechEngine engine() {
        return over(trying(failing(NO_KEY)), spare);
    }

    @Override
    protected SpeechRequest request() {
        return REQUEST;
    }

    @Test
    void theFirstOneSpeaksAndTheOthersAreNotAsked() {
        assertThat(bytes(all(over(trying(whole()), spare).speak(REQUEST)))).isEqualTo(SOUND);
        assertThat(spare.requests()).isEmpty();
    }

    @Test
    void theNextOneIsAskedWhenTheFirstIsBusyDownOrRefuses() {
        for (SpeechFailure failure : List.of(BUSY, DOWN, NO_KEY, NO_MODEL, new SpeechFailure.EngineFault("Oh."))) {
            assertThat(bytes(all(over(trying(failing(failure)), spare).speak(REQUEST))))
                    .isEqualTo(SOUND);
        }
    }

    @Test
    void aWrongRequestIsWrongEverywhere() {
        fails(over(trying(failing(WRONG)), spare).speak(REQUEST), WRONG);
        assertThat(spare.requests()).isEmpty();
    }

    @Test
    void whereNobodyHelpsWaitingIsTheBestAdvice() {
        fails(
                over(trying(failing(DOWN)), trying(failing(BUSY)), trying(failing(NO_KEY)))
                        .speak(REQUEST),
                BUSY);
        fails(over(trying(failing(DOWN)), trying(failing(NO_KEY))).speak(REQUEST), DOWN);
    }

    @Test
    void theNextOneGoesOnOnlyWithTheSameSound() {
        assertThat(bytes(all(over(trying(brokenAfter(7_000, CUT)), spare).speak(REQUEST))))
                .isEqualTo(SOUND);
        byte[] other = SOUND.clone();
        other[1]++;
        var heard = new ArrayList<ByteBuffer>();
        Speech broken = over(trying(brokenAfter(7_000, CUT)), ScriptedEngine.speaking(other, 960))
                .speak(REQUEST);
        fails(new Speech(broken.audio().doOnNext(heard::add), broken.receipt()), CUT);
        assertThat(bytes(heard)).isEqualTo(Arrays.copyOf(SOUND, 14_000));
    }

    @Test
    void anUpstreamIsAskedForItsModelsOnly() {
        var flash = trying(whole());
        var failover = new Failover(List.of(upstream(flash, "flash", "other"), upstream(spare, "special")));
        var _ = all(failover.speak(model("special")));
        assertThat(flash.requests()).isEmpty();
        assertThat(spare.requests()).containsExactly(model("special"));
        var _ = all(failover.speak(REQUEST));
        assertThat(flash.requests()).as("no model means anybody's default").hasSize(1);
        assertThat(failover.objection(model("unknown")))
                .hasValueSatisfying(wrong -> assertThat(wrong.field()).isEqualTo("model"));
        StepVerifier.create(failover.speak(model("unknown")).audio())
                .expectError(SpeechException.class)
                .verify(LIMIT);
    }

    @Test
    void aVoiceThatLivesOnOneUpstreamIsSpokenThere() {
        var first = trying(whole());
        Predicate<SpeechRequest> builtIn = request -> !"cloned".equals(request.voice());
        var failover = new Failover(List.of(upstream(first, builtIn), upstream(spare)));
        var _ = all(failover.speak(REQUEST.withVoice("cloned")));
        assertThat(first.requests()).isEmpty();
        assertThat(spare.requests()).hasSize(1);
    }

    @Test
    void whatTheyAreDoingIsToldInOrder() {
        var failover = over(trying(failing(NO_KEY)), spare);
        var _ = all(failover.speak(REQUEST));
        assertThat(failover.stats())
                .containsExactly(
                        new UpstreamStats("upstream", UpstreamStats.State.KEY_REFUSED, 1, 1, 0, 0),
                        new UpstreamStats("upstream", UpstreamStats.State.UP, 1, 0, 0, 0));
    }

    private static void fails(Speech speech, SpeechFailure failure) {
        StepVerifier.create(speech.audio())
                .thenConsumeWhile(_ -> true)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                SpeechException.class,
                                failed -> assertThat(failed.failure()).isEqualTo(failure)))
                .verify(LIMIT);
    }

    private static SpeechRequest model(String model) {
        return new SpeechRequest("Text.", model, null, null, null, null);
    }

    private static Failover over(SpeechEngine... engines) {
        return new Failover(Arrays.stream(engines).map(FailoverTest::upstream).toList());
    }

    private static Upstream upstream(SpeechEngine engine, String... models) {
        return upstream(engine, _ -> true, models);
    }

    private static Upstream upstream(SpeechEngine engine, Predicate<SpeechRequest> serves, String... models) {
        return new Upstream(
                engine,
                new UpstreamSettings("upstream", List.of(models), 8, 0, 8, Duration.ofSeconds(1), 1),
                serves,
                Schedulers.parallel(),
                CallStats.NONE,
                () -> 1);
    }
}
