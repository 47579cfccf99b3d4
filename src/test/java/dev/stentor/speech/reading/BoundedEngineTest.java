package dev.stentor.speech.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.Heard;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.text.Border;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The bound of the sound of one text: how much it allows, and what happens at it. */
class BoundedEngineTest {

    private static final SpeechRequest HALLO = SpeechRequest.of("Hallo");
    /** Ten milliseconds and one for each character: 360 samples for {@link #HALLO}. */
    private static final SoundBound SHORT = bound(10, 1, 0);

    private final AtomicInteger cut = new AtomicInteger();

    @Test
    void theStandardBoundIsAMinuteAndASecondForEachCharacterAndFourHours() {
        assertThat(SoundBound.STANDARD.samples(0)).isEqualTo(60 * 24_000);
        assertThat(SoundBound.STANDARD.samples(6)).isEqualTo(66 * 24_000);
        assertThat(SoundBound.STANDARD.samples(250_000)).isEqualTo(4 * 3_600 * 24_000);
    }

    @Test
    void zeroMeansNoBound() {
        assertThat(bound(60, 0, 0).samples(6)).isEqualTo(Long.MAX_VALUE);
        assertThat(bound(60, 0, 90).samples(6)).isEqualTo(90 * 24);
        assertThat(bound(60, 1, 0).samples(6)).isEqualTo(66 * 24);
    }

    @Test
    void soundUpToTheBoundIsLeftAlone() {
        byte[] sound = Signals.selfIndexing(360);
        Heard heard = Heard.of(bounded(ScriptedEngine.speaking(sound, 100)).speak(HALLO), () -> {});
        assertThat(heard.failure()).isNull();
        assertThat(heard.audio()).isEqualTo(sound);
        assertThat(heard.receipt()).isNotNull();
        assertThat(cut).hasValue(0);
    }

    @Test
    void atTheBoundTheSpeechFailsAndAllSoundBeforeItWasGiven() {
        byte[] sound = Signals.selfIndexing(361);
        var engine = ScriptedEngine.speaking(sound, 100);
        Speech speech = bounded(engine).speak(HALLO);
        Heard heard = Heard.of(speech, () -> {});
        assertThat(heard.audio()).isEqualTo(Arrays.copyOf(sound, 720));
        assertThat(heard.failure()).isEqualTo(new SpeechFailure.Overlong(Duration.ofMillis(15), 360));
        StepVerifier.create(speech.receipt()).verifyError(SpeechException.class);
        assertThat(engine.cancellations()).isEqualTo(1);
        assertThat(cut).hasValue(1);
    }

    @Test
    void anEndlessEngineIsAskedForNothingBeyondTheBound() {
        var engine = ScriptedEngine.of(_ -> Flux.generate(sink -> sink.next(ByteBuffer.allocate(48))));
        StepVerifier.create(bounded(engine).speak(HALLO).audio(), 0)
                .thenRequest(15)
                .expectNextCount(15)
                .thenRequest(1)
                .verifyErrorSatisfies(error -> assertThat(error).hasMessageStartingWith("SoundTooLong"));
        assertThat(engine.requested()).isEqualTo(16);
        assertThat(engine.cancellations()).isEqualTo(1);
    }

    @Test
    void aTextThatIsStillBeingWrittenIsBoundByWhatWasBegunOfIt() {
        var engine = ScriptedEngine.speaking(Signals.selfIndexing(300), 48);
        var written = new WrittenText();
        Speech speech = new LiveText(engine, 0, Pauses.NONE, bound(10, 2, 0)).speak(HALLO, written);
        written.write("One.", Border.NONE);
        written.write("Two.", Border.NONE);
        written.write("Six.", Border.NONE);
        Heard heard = Heard.of(speech, () -> {});
        assertThat(heard.audio())
                .as("10 ms and 2 ms for each of the characters")
                .hasSize(2 * 24 * (10 + 2 * 12));
        assertThat(heard.failure()).isInstanceOf(SpeechFailure.Overlong.class);
    }

    private BoundedEngine bounded(ScriptedEngine engine) {
        return new BoundedEngine(engine, SHORT, cut::incrementAndGet);
    }

    private static SoundBound bound(long baseMillis, long perCharacterMillis, long longestMillis) {
        return new SoundBound(
                Duration.ofMillis(baseMillis), Duration.ofMillis(perCharacterMillis), Duration.ofMillis(longestMillis));
    }
}
