package dev.stentor.speech.neural;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Language;
import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.QwenCatalogue;
import org.junit.jupiter.api.Test;

class NeuralVoicesTest {

    private final NeuralVoices voices = new NeuralVoices();

    @Test
    void everyQwenVoiceHasAStandInOfItsSexForEachLanguage() {
        for (Voice voice : QwenCatalogue.standard().voices()) {
            Cast cast = voices.of(voice.name()).orElseThrow();
            assertThat(cast.english().sex()).as(voice.name()).isEqualTo(voice.sex());
            assertThat(cast.mandarin().sex()).as(voice.name()).isEqualTo(voice.sex());
            assertThat(cast.english().accent().language()).isEqualTo(Language.ENGLISH);
            assertThat(cast.mandarin().accent()).isEqualTo(NeuralVoice.Accent.MANDARIN);
        }
    }

    @Test
    void anOwnVoiceSpeaksItsLanguageAndAnotherOfItsSexTheOther() {
        for (NeuralVoice voice : voices.own()) {
            Cast cast = voices.of(voice.name()).orElseThrow();
            assertThat(cast.of(voice.accent().language())).isEqualTo(voice);
            assertThat(cast.english().sex()).isEqualTo(cast.mandarin().sex());
            assertThat(cast.english().accent().language()).isEqualTo(Language.ENGLISH);
            assertThat(cast.mandarin().accent()).isEqualTo(NeuralVoice.Accent.MANDARIN);
        }
    }

    @Test
    void theDefaultIsTheOneOfTheCatalogueAndUnknownNamesAreUnknown() {
        assertThat(voices.of(null)).isEqualTo(voices.of(QwenCatalogue.DEFAULT_VOICE));
        assertThat(voices.of("slt")).isEmpty();
        assertThat(voices.of("AF_HEART")).isEmpty();
    }

    @Test
    void forAVoiceThatIsNotThereAnotherOneLikeItSpeaks() {
        NeuralVoices few = voices.only(
                voice -> voice.name().equals("bf_emma") || voice.name().equals("am_puck"));
        assertThat(few.of("Cherry").orElseThrow().english().name()).isEqualTo("bf_emma");
        assertThat(few.of("Ethan").orElseThrow().english().name()).isEqualTo("am_puck");
        assertThat(few.of("af_heart")).as("its own name is unknown then").isEmpty();
        assertThat(few.speak(Language.CHINESE)).isFalse();
        assertThat(voices.only(_ -> false).of(null)).isEmpty();
    }
}
