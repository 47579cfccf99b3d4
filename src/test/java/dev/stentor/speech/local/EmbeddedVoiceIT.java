package dev.stentor.speech.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** The embedded voice really speaks. One engine for all, since it takes seconds to start. */
class EmbeddedVoiceIT extends SpeechEngineContract {

    private static final String STANDARD = "Today is a wonderful day to build something people love!";
    private static final String SHORT = "We are all here now.";

    @SuppressWarnings("NullAway.Init") // JUnit sets it before anything reads it
    private static LocalEngine engine;

    private static double plainHertz;

    @BeforeAll
    static void start() {
        engine = LocalEngine.start(2, 32, () -> "request");
        StepVerifier.create(engine.ready()).expectComplete().verify(Duration.ofSeconds(60));
        plainHertz = Prosody.quantile(new Prosody(spoken(SHORT, "slt")).pitches(), 0.5);
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Override
    protected SpeechEngine engine() {
        return engine;
    }

    @Override
    protected SpeechRequest request() {
        return SpeechRequest.of("Well, here we are. It is late.");
    }

    private static byte[] spoken(String text, String voice) {
        return bytes(all(engine.speak(SpeechRequest.of(text).withVoice(voice))));
    }

    @Test
    void theStandardSentenceSoundsLikeSpeech() {
        var prosody = new Prosody(spoken(STANDARD, "Cherry"));
        double[] pitches = prosody.pitches();
        assertThat(prosody.seconds()).isCloseTo(3.39, within(0.0678));
        assertThat(prosody.peak()).isBetween(0.3, 0.99);
        assertThat(Prosody.quantile(pitches, 0.5)).isBetween(150.0, 200.0);
        assertThat(Prosody.quantile(pitches, 0.9) - Prosody.quantile(pitches, 0.1))
                .isGreaterThan(25);
        assertThat(prosody.energyPeaksPerSecond()).isBetween(3.0, 7.0);
    }

    @Test
    void anotherTextSoundsOtherwise() {
        assertThat(spoken("It is late.", "slt")).isNotEqualTo(spoken("It is early.", "slt"));
    }

    @ParameterizedTest(name = "{0} lies {1} Hz from the plain voice")
    @CsvSource({
        "Chelsie, 40",
        "Serena, -15",
        "Katerina, -30",
        "Ebona, -25",
        "Bella, 85",
        "Ethan, -48",
        "Kai, -60",
        "Andre, -78",
        "Arthur, -40"
    })
    void personasMoveThePitch(String voice, double hertz) {
        double moved = Prosody.quantile(new Prosody(spoken(SHORT, voice)).pitches(), 0.5);
        assertThat(moved - plainHertz).isCloseTo(hertz, within(10.0));
    }

    @Test
    void manyAtOnceGiveTheSamplesOfOneAloneEach() {
        byte[] alone = spoken("Here we go.", "Ethan");
        byte[] otherAlone = spoken("Here we go.", "slt");
        assertThat(alone).isNotEqualTo(otherAlone);
        var together = Flux.range(0, 16)
                .flatMap(
                        n -> engine.speak(SpeechRequest.of("Here we go.").withVoice(n % 2 == 0 ? "Ethan" : "slt"))
                                .audio()
                                .collectList()
                                .map(buffers -> Arrays.equals(bytes(buffers), n % 2 == 0 ? alone : otherAlone)),
                        16)
                .collectList()
                .block(Duration.ofSeconds(60));
        assertThat(Objects.requireNonNull(together)).hasSize(16).containsOnly(true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dr. Hu paid $5.50 at 10:30 on Jan. 5, i.e. 20% of 1,234,567.",
                "Café 😀 naïve Łódź “quoted” – so… (or not) [x] {y} <z> & a/b #c @d *e* ~ ^ | \\ ` _ = + %",
                "See https://example.com/a?b=c&d or mail me@example.com.",
                "1000000000000000000",
                "A",
                "5",
                "x-y",
                "don't",
                "NASA and the U.S.A.",
                "<b>&amp;</b>",
                "1/2 2² ③ 1️⃣",
                "\u0007a\u0000b\ud800c",
            })
    void oddTextsAreSpoken(String text) {
        assertThat(spoken(text, "slt").length).isGreaterThan(4_800);
    }

    @Test
    void aWordLongerThanMaryTtsReadsIsNotCutShort() {
        assertThat(spoken("na".repeat(70) + ".", "slt").length)
                .isGreaterThan(spoken("na".repeat(40) + ".", "slt").length * 3 / 2);
    }
}
