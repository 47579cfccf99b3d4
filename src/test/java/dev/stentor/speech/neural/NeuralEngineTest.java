package dev.stentor.speech.neural;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Language;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.QwenCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Streaming by the natural voice, with a tiny graph in the real runtime. */
class NeuralEngineTest extends SpeechEngineContract {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private TinyVoice tiny;
    private NeuralEngine engine;

    @BeforeEach
    void start() throws Exception {
        tiny = new TinyVoice(folder);
        NeuralSettings settings = tiny.settings(NeuralSettings.WhenBusy.WAIT, 0);
        engine = NeuralEngine.start(
                settings, TinyVoice.fast(), Mono.empty(), () -> tiny.load(settings), SOON, () -> "request-1");
        StepVerifier.create(engine.decided()).expectComplete().verify(LIMIT);
        assertThat(engine.state()).isInstanceOf(NaturalState.Speaking.class);
        tiny.asked.clear();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Override
    protected SpeechEngine engine() {
        return engine;
    }

    @Override
    protected SpeechRequest request() {
        return SpeechRequest.of(
                "This is sentence one. This is sentence two, and it is longer than the first. The end.");
    }

    @Test
    void eachSentenceIsMarkedWhereItsSoundBegins() {
        Speech speech = engine.speak(request());
        int samples = bytes(all(speech)).length / Short.BYTES;
        List<SegmentMark> marks =
                Objects.requireNonNull(speech.marks().collectList().block(LIMIT));
        // A sentence in two segments is told twice, the second time with its further words.
        assertThat(marks.stream().map(SegmentMark::index).distinct()).containsExactly(0, 1, 2);
        assertThat(marks.getFirst().firstSample()).isZero();
        assertThat(marks.getLast().firstSample()).isBetween(1L, (long) samples);
    }

    @Test
    void aClauseEndsWithAShorterPauseThanASentence() {
        int clause = sound("hello,").length;
        int sentence = sound("hello.").length;
        assertThat((sentence - clause) / 2).isEqualTo(24 * (320 - 140));
        assertThat(sound("hello").length).as("an end without a sign is an end").isEqualTo(sentence);
    }

    @Test
    void theAccentIsThatOfTheVoice() {
        var _ = all(engine.speak(SpeechRequest.of("Hello.").withVoice("bf_emma")));
        assertThat(tiny.asked).containsExactly("BRITISH Hello.");
    }

    @Test
    void aTextThatMixesLanguagesIsSpokenInTwoVoicesOneForEach() {
        var _ = all(engine.speak(SpeechRequest.of("我们今天介绍 wonderful things 给大家。")));
        assertThat(tiny.asked).hasSize(3);
        assertThat(tiny.asked.peek()).startsWith("MANDARIN 我们今天介绍");
        assertThat(tiny.asked).anySatisfy(asked -> assertThat(asked).isEqualTo("AMERICAN wonderful things"));
    }

    @Test
    void anotherVoiceAndAnotherSpeedSoundDifferent() {
        byte[] plain = bytes(all(engine.speak(SpeechRequest.of("Hello."))));
        assertThat(bytes(all(engine.speak(SpeechRequest.of("Hello.").withVoice("am_michael")))))
                .isNotEqualTo(plain);
        assertThat(bytes(all(engine.speak(SpeechRequest.of("Hello.").atSpeed(2)))))
                .isNotEqualTo(plain);
        assertThat(engine.changesSpeed(request().atSpeed(0.5))).isTrue();
        assertThat(engine.changesSpeed(request().atSpeed(2.1))).isFalse();
        assertThat(engine.changesSpeed(SpeechRequest.of("Привет").atSpeed(2))).isFalse();
    }

    @Test
    void otherLanguagesAreRefusedWithAWayOut() {
        refuses(SpeechRequest.of("Привет мир"), "text", "Russian", "DASHSCOPE_API_KEY", "gateway.command");
        refuses(SpeechRequest.of("こんにちは"), "text", "Japanese");
        refuses(new SpeechRequest("Guten Tag", null, null, "German", null, null), "language_type", "German");
        refuses(SpeechRequest.of("..."), "text", "nothing to speak");
        for (String language : List.of("Auto", "English", "Chinese", "zh", "en", "")) {
            assertThat(engine.objection(new SpeechRequest("Hi", null, null, language, null, null)))
                    .isEmpty();
        }
    }

    @Test
    void unknownNamesAreRefusedAndThoseOfTheCatalogueTaken() {
        refuses(SpeechRequest.of("Hi").withVoice("slt"), "voice", "\"slt\"");
        refuses(SpeechRequest.of("Hi").withVoice("af_bella"), "voice", "\"af_bella\"");
        refuses(SpeechRequest.of("Hi").withModel("tts-9"), "model", "\"tts-9\"");
        for (Voice voice : QwenCatalogue.standard().voices()) {
            assertThat(engine.objection(SpeechRequest.of("Hi 你好").withVoice(voice.name())))
                    .isEmpty();
        }
        assertThat(engine.objection(
                        SpeechRequest.of("Hi").withModel(engine.model().name())))
                .isEmpty();
    }

    @Test
    void theVoicesThatAreThereAreListedWithTheirLanguage() {
        assertThat(engine.voices())
                .extracting(Voice::name)
                .containsExactly("af_heart", "am_michael", "bf_emma", "zf_xiaoxiao");
        assertThat(engine.voices().getLast().languages()).containsExactly(Language.CHINESE);
        assertThat(engine.languages()).containsExactly(Language.ENGLISH, Language.CHINESE);
    }

    @Test
    void aFaultKeepsTheTextToItself() {
        StepVerifier.create(
                        engine.speak(SpeechRequest.of("This will break down.")).audio())
                .expectErrorSatisfies(error -> {
                    assertThat(error)
                            .isInstanceOfSatisfying(
                                    SpeechException.class,
                                    failed ->
                                            assertThat(failed.failure()).isInstanceOf(SpeechFailure.EngineFault.class));
                    assertThat(error).hasMessageNotContaining("break down");
                    assertThat(error.getCause()).hasMessageNotContaining("break down");
                })
                .verify(LIMIT);
    }

    @Test
    void aPartWithoutLettersThatTheAlphabetHasIsAFaultAndNotSilence() {
        StepVerifier.create(engine.speak(SpeechRequest.of("123")).audio())
                .expectError(SpeechException.class)
                .verify(LIMIT);
    }

    private byte[] sound(String text) {
        return bytes(all(engine.speak(SpeechRequest.of(text))));
    }

    private void refuses(SpeechRequest request, String field, String... words) {
        SpeechFailure.InvalidInput refusal = engine.objection(request).orElseThrow();
        assertThat(refusal.field()).isEqualTo(field);
        assertThat(refusal.message()).contains(words);
        StepVerifier.create(engine.speak(request).audio())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                SpeechException.class,
                                failed -> assertThat(failed.failure()).isEqualTo(refusal)))
                .verify(LIMIT);
    }
}
