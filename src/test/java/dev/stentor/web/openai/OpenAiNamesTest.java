package dev.stentor.web.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.TableResource;
import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.Model;
import dev.stentor.speech.qwen.QwenCatalogue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenAiNamesTest {

    private static final QwenCatalogue CATALOGUE = QwenCatalogue.standard();
    private static final List<List<String>> VOICES = TableResource.read(OpenAiNames.class, "voices.tsv", 3);

    private static final Set<String> MEN = Set.of("ash", "ballad", "cedar", "echo", "fable", "onyx", "verse");
    private static final Set<String> WOMEN = Set.of("alloy", "coral", "marin", "nova", "sage", "shimmer");

    private final OpenAiNames names = OpenAiNames.of(CATALOGUE.models(), CATALOGUE.voices());

    @Test
    void everyVoiceOfOpenAiHasOneOfTheSameSexThatBothDefaultModelsSpeak() {
        var all = new HashSet<>(MEN);
        all.addAll(WOMEN);
        assertThat(VOICES).extracting(List::getFirst).containsExactlyInAnyOrderElementsOf(all);
        for (String name : all) {
            Voice voice = CATALOGUE.voice(String.valueOf(names.voice(name))).orElseThrow();
            assertThat(voice.sex()).as(name).isEqualTo(MEN.contains(name) ? Voice.Sex.MALE : Voice.Sex.FEMALE);
            assertThat(voice.models()).as(name).contains(QwenCatalogue.DEFAULT_MODEL, "qwen3-tts-instruct-flash");
        }
    }

    @Test
    void noTwoOfThemSpeakInOneVoice() {
        assertThat(VOICES).extracting(row -> row.get(1)).doesNotHaveDuplicates();
    }

    @Test
    void everyModelOfOpenAiIsTheEnginesOwnChoice() {
        for (String name : List.of("tts-1", "tts-1-hd", "gpt-4o-mini-tts", "gpt-4o-mini-tts-2025-12-15")) {
            assertThat(names.model(name, false)).isNull();
            assertThat(names.model(name, true)).isEqualTo("qwen3-tts-instruct-flash");
        }
    }

    @Test
    void namesAreFoundWithoutRegardToCase() {
        assertThat(names.voice("vivian")).isEqualTo("Vivian");
        assertThat(names.voice("ELDRIC_SAGE")).isEqualTo("Eldric Sage");
        assertThat(names.voice("Alloy")).isEqualTo("Elias");
        assertThat(names.model("QWEN3-TTS-FLASH", false)).isEqualTo("qwen3-tts-flash");
        assertThat(names.model("TTS-1", false)).isNull();
    }

    @Test
    void openModelsOfTheSameVoicesAreTheEnginesOwnChoice() {
        assertThat(names.model("Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice", false)).isNull();
        assertThat(names.model("qwen/qwen3-tts-12hz-0.6b-customvoice", true)).isEqualTo("qwen3-tts-instruct-flash");
        assertThat(names.model("Qwen/Qwen3-TTS-12Hz-1.7B-Base", false)).isEqualTo("Qwen/Qwen3-TTS-12Hz-1.7B-Base");
    }

    @Test
    void anEngineThatKnowsOpenAisNamesGetsThem() {
        var model = new Model("tts-1", Model.Family.FLASH, null, Set.of());
        var alloy = new Voice("alloy", null, Voice.Sex.FEMALE, "", List.of("tts-1"));
        var elias = new Voice("Elias", null, Voice.Sex.FEMALE, "", List.of("tts-1"));
        var known = OpenAiNames.of(List.of(model), List.of(alloy, elias));
        assertThat(known.model("tts-1", true)).isEqualTo("tts-1");
        assertThat(known.voice("alloy")).isEqualTo("alloy");
    }

    @Test
    void aNameWhoseMeaningTheEngineLacksIsLeftToTheEngine() {
        var none = OpenAiNames.of(List.of(), List.of());
        assertThat(none.voice("alloy")).isEqualTo("alloy");
        assertThat(none.model("gpt-4o-mini-tts", true)).isNull();
        assertThat(none.model("something", true)).isEqualTo("something");
    }
}
