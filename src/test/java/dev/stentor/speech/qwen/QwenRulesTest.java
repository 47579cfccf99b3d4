package dev.stentor.speech.qwen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.Voice;
import dev.stentor.speech.voices.CustomVoice;
import dev.stentor.speech.voices.CustomVoices;
import dev.stentor.testing.FakeStudio;
import dev.stentor.testing.ScriptedEngine;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class QwenRulesTest {

    private static final String VC = "qwen3-tts-vc-2026-01-22";
    private static final String VD = "qwen3-tts-vd-2026-01-26";
    private static final String INSTRUCT = "qwen3-tts-instruct-flash";

    private final FakeStudio studio = new FakeStudio();
    private final CustomVoices made = new CustomVoices(List.of(studio), Duration.ofMinutes(1), Schedulers.parallel());
    private final QwenRules rules = new QwenRules(QwenCatalogue.standard(), made, QwenCatalogue.DEFAULT_MODEL);

    @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
    @CsvSource(nullValues = "-", textBlock = """
            qwen3-tts-flash,            Cherry,            -,       calmly, instructions, qwen3-tts-instruct-flash
            -,                          -,                 -,       calmly, instructions, qwen3-tts-flash takes no
            qwen-tts,                   Cherry,            -,       calmly, instructions, takes no instructions
            qwen3-tts-vc-2026-01-22,    qwen-tts-vc-a-b,   -,       calmly, instructions, takes no instructions
            qwen-tts,                   Cherry,            German,  -,      language_type, Chinese and English
            qwen-tts-latest,            Cherry,            ja,      -,      language_type, Chinese and English
            qwen3-tts-flash-realtime,   Cherry,            -,       -,      model,        qwen3-tts-flash answers
            qwen3-tts-instruct-flash-realtime, Cherry,     -,       calmly, model,        qwen3-tts-instruct-flash answers
            qwen3-tts-vc-realtime-2026-01-15, qwen-tts-vc-a, -,     -,      model,        qwen3-tts-vc-2026-01-22 answers
            qwen3-tts-flash,            qwen-tts-vc-a-b,   -,       -,      voice,        qwen3-tts-vc-2026-01-22
            qwen3-tts-flash,            qwen-tts-vd-a-b,   -,       -,      voice,        qwen3-tts-vd-2026-01-26
            qwen3-tts-vd-2026-01-26,    qwen-tts-vc-a-b,   -,       -,      voice,        cloned
            qwen3-tts-vc-2026-01-22,    qwen-tts-vd-a-b,   -,       -,      voice,        designed
            qwen3-tts-vc-2026-01-22,    Cherry,            -,       -,      voice,        built-in
            qwen3-tts-vd-2026-01-26,    -,                 -,       -,      voice,        name one
            qwen3-tts-instruct-flash,   Ryan,              -,       -,      voice,        qwen3-tts-flash has it
            qwen-tts,                   Jada,              -,       -,      voice,        does not have
            qwen3-tts-flash-2025-09-18, Serena,            -,       -,      voice,        does not have""")
    void whatTheServiceWouldRefuseIsRefusedHere(
            @Nullable String model,
            @Nullable String voice,
            @Nullable String language,
            @Nullable String instructions,
            String field,
            String words) {
        assertThat(rules.objection(request(model, voice, language, instructions)))
                .hasValueSatisfying(wrong -> {
                    assertThat(wrong.field()).isEqualTo(field);
                    assertThat(wrong.message()).contains(words);
                    assertThat(wrong.code()).isEqualTo("InvalidParameter");
                });
    }

    @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
    @CsvSource(nullValues = "-", textBlock = """
            -,                          -,               -,       -
            qwen3-tts-flash,            Kiki,            Auto,    -
            qwen3-tts-flash,            Kiki,            zh,      ''
            qwen3-tts-flash,            Kiki,            Thai,    -
            qwen-tts,                   Cherry,          English, -
            qwen-tts,                   Cherry,          Klingon, -
            qwen-tts-latest,            Jada,            Auto,    -
            qwen3-tts-instruct-flash,   Cherry,          -,       calmly
            qwen3-tts-vc-2026-01-22,    qwen-tts-vc-a-b, German,  -
            qwen3-tts-vd-2026-01-26,    qwen-tts-vd-a-b, -,       -
            -,                          qwen-tts-vd-a-b, -,       -
            qwen9-tts,                  Nobody,          Latin,   whisper
            qwen3-tts-flash,            Nobody,          -,       -
            qwen3-tts-vc-2026-01-22,    Nobody,          -,       -
            marytts-cmu-slt-hsmm,       slt,             -,       whisper""")
    void whatIsRightOrNotKnownPasses(
            @Nullable String model, @Nullable String voice, @Nullable String language, @Nullable String instructions) {
        assertThat(rules.objection(request(model, voice, language, instructions)))
                .isEmpty();
    }

    @Test
    void whetherTheInstructionsMayBeImprovedSaysNothingWithoutInstructions() {
        assertThat(rules.objection(new SpeechRequest("Hi", "qwen3-tts-flash", "Cherry", null, null, true)))
                .isEmpty();
    }

    @Test
    void instructionsAreBoundedByAnEstimateInTheCallersFavour() {
        assertThat(rules.objection(request(INSTRUCT, "Cherry", null, "a".repeat(6_400))))
                .isEmpty();
        assertThat(rules.objection(request(INSTRUCT, "Cherry", null, "a".repeat(6_401))))
                .map(InvalidInput::field)
                .hasValue("instructions");
        assertThat(rules.objection(request(INSTRUCT, "Cherry", null, "慢".repeat(3_200))))
                .isEmpty();
        assertThat(rules.objection(request(INSTRUCT, "Cherry", null, "慢".repeat(3_201))))
                .isPresent();
    }

    @Test
    void theLengthOfATextIsAQuestionOfItsOwn() {
        SpeechRequest long601 = SpeechRequest.of("世".repeat(601));
        assertThat(rules.objection(long601)).isEmpty();
        assertThat(rules.tooLong(long601)).map(InvalidInput::field).hasValue("text");
        assertThat(rules.tooLong(SpeechRequest.of("世".repeat(600)))).isEmpty();
        SpeechRequest first = new SpeechRequest("a".repeat(2_048), "qwen-tts", null, null, null, null);
        assertThat(rules.tooLong(first)).isEmpty();
        assertThat(rules.tooLong(first.withText("a".repeat(2_049))))
                .map(InvalidInput::message)
                .hasValueSatisfying(message -> assertThat(message).contains("513 tokens", "[1, 512]"));
        assertThat(rules.tooLong(long601.withModel("qwen9-tts"))).isEmpty();
    }

    @Test
    void aVoiceThatWasMadeIsGoodForItsModelOnly() {
        made.learn(new CustomVoice("herald", Voice.Kind.CLONED, "qwen9-tts-vc", null, null, null), studio);
        assertThat(rules.objection(request(VC, "herald", null, null)))
                .map(InvalidInput::message)
                .hasValueSatisfying(message -> assertThat(message).contains("qwen9-tts-vc"));
        assertThat(rules.objection(request("qwen3-tts-flash", "herald", null, null)))
                .isPresent();
        assertThat(rules.objection(request(null, "herald", null, null))).isEmpty();
        assertThat(rules.objection(request("qwen9-tts-vc", "herald", null, null)))
                .isEmpty();
    }

    @Test
    void aVoiceThatWasMadeBringsItsModelWithIt() {
        made.learn(new CustomVoice("herald", Voice.Kind.CLONED, "qwen9-tts-vc", null, null, null), studio);
        assertThat(model("herald", null)).isEqualTo("qwen9-tts-vc");
        assertThat(model("qwen-tts-vc-unseen", null)).isEqualTo(VC);
        assertThat(model("qwen-tts-vd-unseen", null)).isEqualTo(VD);
        assertThat(model("Cherry", null)).isNull();
        assertThat(model("herald", "named")).isEqualTo("named");
    }

    @Test
    void aVoiceThatIsNotKnownIsLookedForAndKnownNextTime() {
        studio.add(new CustomVoice("old-friend", Voice.Kind.DESIGNED, VD, null, null, null));
        assertThat(studio.lists()).isZero();
        assertThat(rules.objection(request("qwen3-tts-flash", "old-friend", null, null)))
                .isEmpty();
        assertThat(rules.objection(request("qwen3-tts-flash", "old-friend", null, null)))
                .map(InvalidInput::field)
                .hasValue("voice");
        assertThat(rules.objection(request(null, "Cherry", null, null))).isEmpty();
        assertThat(studio.lists()).isOne();
    }

    @Test
    void anEngineBehindTheRulesIsNotAskedForWhatIsAgainstThem() {
        var engine = ScriptedEngine.speaking(new byte[960], 960);
        var ruled = new RuledEngine(engine, rules);
        SpeechRequest wrong = request("qwen3-tts-flash", "Cherry", null, "calmly");
        assertThat(ruled.objection(wrong)).isPresent();
        StepVerifier.create(ruled.speak(wrong).audio())
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(
                                SpeechException.class,
                                failed -> assertThat(failed.failure()).isInstanceOf(InvalidInput.class)))
                .verify(Duration.ofSeconds(5));
        assertThat(engine.requests()).isEmpty();
        StepVerifier.create(ruled.speak(request(null, "qwen-tts-vc-a-b", null, null))
                        .audio())
                .expectNextCount(1)
                .expectComplete()
                .verify(Duration.ofSeconds(5));
        assertThat(Objects.requireNonNull(engine.requests().getFirst().model())).isEqualTo(VC);
        assertThat(ruled.objection(SpeechRequest.of(" ")))
                .map(InvalidInput::field)
                .hasValue("text");
    }

    private @Nullable String model(String voice, @Nullable String model) {
        return rules.completed(request(model, voice, null, null)).model();
    }

    private static SpeechRequest request(
            @Nullable String model, @Nullable String voice, @Nullable String language, @Nullable String instructions) {
        return new SpeechRequest("Hello.", model, voice, language, instructions, null);
    }
}
