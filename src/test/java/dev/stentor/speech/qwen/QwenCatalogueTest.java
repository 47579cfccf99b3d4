package dev.stentor.speech.qwen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.speech.Language;
import dev.stentor.speech.TableResource;
import dev.stentor.speech.Voice;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class QwenCatalogueTest {

    private final QwenCatalogue catalogue = QwenCatalogue.standard();

    @Test
    void theDefaultsAreInItAndComeFirst() {
        assertThat(catalogue.models().getFirst().name()).isEqualTo(QwenCatalogue.DEFAULT_MODEL);
        assertThat(catalogue.voices().getFirst().name()).isEqualTo(QwenCatalogue.DEFAULT_VOICE);
        assertThat(QwenCatalogue.DEFAULT_MODEL).isEqualTo("qwen3-tts-flash");
        assertThat(QwenCatalogue.DEFAULT_VOICE).isEqualTo("Cherry");
    }

    @Test
    void namesAreUniqueAndCaseSensitive() {
        assertThat(catalogue.voices())
                .extracting(Voice::name)
                .doesNotHaveDuplicates()
                .hasSize(49);
        assertThat(catalogue.models())
                .extracting(Model::name)
                .doesNotHaveDuplicates()
                .hasSize(23);
        assertThat(catalogue.voice("Eldric Sage")).isPresent();
        assertThat(catalogue.voice("cherry")).isEmpty();
        assertThat(catalogue.model("qwen-tts")).isPresent();
        assertThat(catalogue.model("Qwen-TTS")).isEmpty();
    }

    @Test
    void namesThatMoveStandForASnapshotOfTheirFamily() {
        assertThat(catalogue.models())
                .filteredOn(model -> model.standsFor() != null)
                .hasSize(4)
                .allSatisfy(model -> assertThat(catalogue.model(String.valueOf(model.standsFor())))
                        .hasValueSatisfying(
                                snapshot -> assertThat(snapshot.family()).isEqualTo(model.family())));
    }

    @Test
    void eachModelHasItsVoices() {
        assertThat(voicesOf("qwen3-tts-flash")).hasSize(49);
        assertThat(voicesOf("qwen3-tts-flash-2025-09-18"))
                .hasSize(17)
                .contains("Jada")
                .doesNotContain("Serena");
        assertThat(voicesOf("qwen3-tts-instruct-flash")).hasSize(24).doesNotContain("Ebona", "Ryan");
        assertThat(voicesOf("qwen-tts")).containsExactly("Cherry", "Serena", "Ethan", "Chelsie");
        assertThat(voicesOf("qwen-tts-latest")).hasSize(7).contains("Sunny", "Dylan", "Jada");
        assertThat(voicesOf("qwen3-tts-vc-2026-01-22")).isEmpty();
    }

    @Test
    void onlyTheFirstGenerationIsBoundToOneRegion() {
        assertThat(catalogue.models())
                .allSatisfy(model -> assertThat(model.regions())
                        .contains("cn-beijing")
                        .hasSize(model.family() == Model.Family.QWEN_TTS ? 1 : 2));
    }

    @Test
    void eachModelSaysWhatItTakes() {
        assertThat(catalogue.models()).allSatisfy(model -> {
            boolean first = model.family() == Model.Family.QWEN_TTS;
            boolean http = model.transport() == Model.Transport.HTTP;
            assertThat(model.instructions()).isEqualTo(model.family() == Model.Family.INSTRUCT);
            assertThat(model.languages()).hasSize(first ? 2 : 10);
            assertThat(model.voices()).hasSize(1);
            assertThat(model.name().contains("realtime")).isNotEqualTo(http);
            assertThat(model.textLimit())
                    .isEqualTo(
                            !http
                                    ? null
                                    : first
                                            ? new ModelTextLimit(512, ModelTextLimit.Unit.TOKENS)
                                            : new ModelTextLimit(600, ModelTextLimit.Unit.CHARACTERS));
        });
        assertThat(catalogue.modelFor(Voice.Kind.CLONED)).map(Model::name).hasValue("qwen3-tts-vc-2026-01-22");
        assertThat(catalogue.modelFor(Voice.Kind.DESIGNED)).map(Model::name).hasValue("qwen3-tts-vd-2026-01-26");
        assertThat(catalogue.modelFor(Voice.Kind.EMBEDDED)).isEmpty();
    }

    @Test
    void tenVoicesSpeakADialect() {
        assertThat(catalogue.voices())
                .filteredOn(voice -> voice.dialect() != null)
                .hasSize(10);
        assertThat(catalogue.voice("Roy").orElseThrow().dialect()).isEqualTo("Southern Min");
    }

    @Test
    void aLanguageGoesByTwoNames() {
        assertThat(Language.of("ZH")).hasValue(Language.CHINESE);
        assertThat(Language.of("chinese")).hasValue(Language.CHINESE);
        assertThat(Language.of("Auto")).isEmpty();
        assertThat(QwenCatalogue.LANGUAGE_TYPES)
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("Auto"),
                                Arrays.stream(Language.values()).map(Language::languageType))
                        .toList());
    }

    @Test
    void nobodyCanChangeIt() {
        assertThatThrownBy(() -> catalogue.voices().removeFirst()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> catalogue.voices().getFirst().models().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aBrokenTableSaysWhichOne() {
        assertThatIllegalStateException()
                .isThrownBy(() -> TableResource.read(QwenCatalogue.class, "none.tsv", 1))
                .withMessageContaining("none.tsv");
        assertThatIllegalStateException()
                .isThrownBy(() -> TableResource.read(QwenCatalogue.class, "qwen-voices.tsv", 4))
                .withMessageContaining("4 columns");
    }

    private List<String> voicesOf(String model) {
        return catalogue.voicesOf(catalogue.model(model).orElseThrow()).stream()
                .map(Voice::name)
                .toList();
    }
}
