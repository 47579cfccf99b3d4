package dev.stentor.speech.upstream;

import static dev.stentor.speech.upstream.Attempts.BUSY;
import static dev.stentor.speech.upstream.Attempts.CUT;
import static dev.stentor.speech.upstream.Attempts.DOWN;
import static dev.stentor.speech.upstream.Attempts.NO_KEY;
import static dev.stentor.speech.upstream.Attempts.NO_MODEL;
import static dev.stentor.speech.upstream.Attempts.SOUND;
import static dev.stentor.speech.upstream.Attempts.WRONG;
import static dev.stentor.speech.upstream.Attempts.failing;
import static dev.stentor.speech.upstream.Attempts.trying;
import static dev.stentor.speech.upstream.Attempts.whole;
import static dev.stentor.speech.upstream.Exchange.AN_HOUR;
import static dev.stentor.speech.upstream.Exchange.REQUEST;
import static dev.stentor.speech.upstream.Exchange.alone;
import static dev.stentor.speech.upstream.Exchange.listening;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One service with its guard, in virtual time. */
class UpstreamTest extends SpeechEngineContract {

    private final Exchange exchange = new Exchange();

    @AfterEach
    void end() {
        exchange.close();
    }

    @Override
    protected SpeechEngine engine() {
        return alone(exchange.upstream(ScriptedEngine.speaking(SOUND, 1_000)));
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
            var upstream = exchange.upstream(engine);
            assertThat(exchange.heard(upstream, AN_HOUR).audio()).isEqualTo(SOUND);
            assertThat(engine.requests()).containsExactly(REQUEST, REQUEST, REQUEST);
            assertThat(upstream.stats().retries()).isEqualTo(2);
        }
    }

    @Test
    void whatIsWrongOrRefusedIsNotTriedAgain() {
        for (SpeechFailure failure : List.of(WRONG, NO_KEY, NO_MODEL)) {
            var engine = trying(failing(failure), whole());
            assertThat(exchange.heard(exchange.upstream(engine), AN_HOUR).failure())
                    .isEqualTo(failure);
            assertThat(engine.requests()).hasSize(1);
        }
    }

    @Test
    void afterThreeTriesTheLastFailureCounts() {
        var engine = trying(failing(DOWN), failing(BUSY), failing(CUT), whole());
        assertThat(exchange.heard(exchange.upstream(engine), AN_HOUR).failure()).isEqualTo(CUT);
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
        var heard = listening(exchange.upstream(engine));
        exchange.time.advanceTimeBy(Duration.ofMillis(249));
        assertThat(engine.requests()).hasSize(1);
        exchange.time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(heard.audio()).isEqualTo(SOUND);
    }

    @Test
    void theServicesWordOnWhenToComeBackIsKept() {
        var engine = trying(failing(throttled(Duration.ofSeconds(7))), whole());
        var heard = listening(exchange.upstream(engine));
        exchange.time.advanceTimeBy(Duration.ofMillis(6_999));
        assertThat(engine.requests()).hasSize(1);
        exchange.time.advanceTimeBy(Duration.ofMillis(1));
        assertThat(heard.audio()).isEqualTo(SOUND);
    }

    @Test
    void aTimeTooFarOffIsNotWaitedFor() {
        SpeechFailure throttled = throttled(Duration.ofSeconds(11));
        var upstream = exchange.upstream(trying(failing(throttled), whole()));
        assertThat(exchange.heard(upstream, Duration.ZERO).failure()).isEqualTo(throttled);
        assertThat(upstream.stats().throttled()).isEqualTo(1);
    }

    @Test
    void whoLeavesDuringAPauseIsNotTriedAgain() {
        var engine = trying(failing(DOWN), whole());
        var heard = listening(exchange.upstream(engine));
        heard.listening.dispose();
        exchange.time.advanceTimeBy(AN_HOUR);
        assertThat(engine.requests()).hasSize(1);
        assertThat(heard.receipt()).isEqualTo(new Receipt("", 0, 42, Receipt.Ending.CANCELLED, null));
    }

    private static SpeechFailure throttled(Duration retryAfter) {
        return new SpeechFailure.Throttled("Throttling.RateQuota", "Too many.", retryAfter);
    }
}
