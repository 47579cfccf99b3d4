package dev.stentor.speech.upstream;

import static dev.stentor.speech.SpeechEngineContract.bytes;
import static dev.stentor.speech.upstream.Attempts.CUT;
import static dev.stentor.speech.upstream.Attempts.DOWN;
import static dev.stentor.speech.upstream.Attempts.SOUND;
import static dev.stentor.speech.upstream.Attempts.WRONG;
import static dev.stentor.speech.upstream.Attempts.brokenAfter;
import static dev.stentor.speech.upstream.Attempts.failing;
import static dev.stentor.speech.upstream.Attempts.trying;
import static dev.stentor.speech.upstream.Attempts.whole;
import static dev.stentor.speech.upstream.Exchange.AN_HOUR;
import static dev.stentor.speech.upstream.Exchange.REQUEST;
import static dev.stentor.speech.upstream.Exchange.alone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Receipt;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Sound that breaks off, joined to the sample if the next attempt gives the same sound. */
class BrokenSoundTest {

    private final Exchange exchange = new Exchange();

    @AfterEach
    void end() {
        exchange.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 351, 4_800, 4_801, 11_999, 12_000})
    void theSameSoundIsJoinedToTheSampleWhereItBroke(int samples) {
        var engine = trying(brokenAfter(samples, CUT), whole());
        var heard = exchange.heard(exchange.upstream(engine), AN_HOUR);
        assertThat(heard.failure()).isNull();
        assertThat(heard.audio()).isEqualTo(SOUND);
        assertThat(heard.receipt())
                .isEqualTo(new Receipt("scripted-request", 12_000, 42, Receipt.Ending.COMPLETE, null));
        assertThat(engine.requests()).hasSize(2);
    }

    @Test
    void itMayBreakTwiceAndWhileItIsCatchingUp() {
        var twice = exchange.heard(
                exchange.upstream(trying(brokenAfter(5_000, CUT), brokenAfter(9_000, CUT), whole())), AN_HOUR);
        assertThat(twice.audio()).isEqualTo(SOUND);
        var catchingUp = exchange.heard(
                exchange.upstream(trying(brokenAfter(5_000, CUT), brokenAfter(100, DOWN), whole())), AN_HOUR);
        assertThat(catchingUp.audio()).isEqualTo(SOUND);
    }

    @Test
    void anotherSoundEndsItWithTheFailureThatBrokeIt() {
        byte[] other = SOUND.clone();
        other[300]++;
        var engine = trying(
                brokenAfter(8_000, CUT),
                Flux.fromIterable(Signals.chunks(other, 480)).take(20).concatWith(Flux.never()));
        var heard = exchange.heard(exchange.upstream(engine), AN_HOUR);
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
        assertThat(exchange.heard(exchange.upstream(engine), AN_HOUR).failure()).isEqualTo(CUT);
    }

    @Test
    void aVainAttemptToGoOnDoesNotHideWhatBrokeIt() {
        var engine = trying(brokenAfter(8_000, CUT), failing(WRONG));
        var heard = exchange.heard(exchange.upstream(engine), AN_HOUR);
        assertThat(heard.failure()).isEqualTo(CUT);
        assertThat(heard.audio()).hasSize(16_000);
    }

    @Test
    void whereAServiceSpeaksOtherwiseThanItselfTheNextOneMayGoOn() {
        byte[] other = SOUND.clone();
        other[300]++;
        var unsteady = trying(brokenAfter(8_000, CUT), Flux.fromIterable(Signals.chunks(other, 480)));
        var spare = trying(brokenAfter(3_000, CUT), whole());
        var heard = exchange.heard(List.of(exchange.upstream(unsteady), exchange.upstream(spare)), AN_HOUR);
        assertThat(heard.audio()).isEqualTo(SOUND);
        assertThat(heard.failure()).isNull();
        assertThat(unsteady.requests()).hasSize(2);
        assertThat(spare.requests()).hasSize(2);
    }

    @Test
    void aServiceThatSpeaksOtherwiseThanAnotherEndsIt() {
        byte[] other = SOUND.clone();
        other[300]++;
        var first = trying(brokenAfter(8_000, CUT), failing(WRONG));
        var second = trying(Flux.fromIterable(Signals.chunks(other, 480)));
        var third = trying(whole());
        var heard = exchange.heard(
                List.of(exchange.upstream(first), exchange.upstream(second), exchange.upstream(third)), AN_HOUR);
        assertThat(heard.audio()).isEqualTo(Arrays.copyOf(SOUND, 16_000));
        assertThat(heard.failure()).isEqualTo(CUT);
        assertThat(third.requests()).isEmpty();
    }

    @Test
    void catchingUpNeedsNoMoreDemandThanTheListenerHas() {
        var engine = trying(brokenAfter(6_000, CUT), whole());
        var sound = alone(exchange.upstream(engine))
                .speak(REQUEST)
                .audio()
                .limitRate(1)
                .collectList();
        Mono<List<ByteBuffer>> cached = sound.cache();
        cached.subscribe();
        exchange.time.advanceTimeBy(AN_HOUR);
        assertThat(bytes(cached.blockOptional().orElseThrow())).isEqualTo(SOUND);
    }
}
