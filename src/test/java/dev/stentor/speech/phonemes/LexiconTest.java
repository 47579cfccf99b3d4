package dev.stentor.speech.phonemes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LexiconTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apple|NN|ˈæpᵊl",
                "Apple|NN|ˈæpᵊl",
                "january|NNP|ʤˈænjuˌɛɹi",
                "record|NN|ɹˈɛkəɹd",
                "record|VBP|ɹəkˈɔɹd",
                "park|NN|pˈɑɹk",
                "dog|NN|dˈɔɡ",
                "dogs|NNS|dˈɔɡz",
                "dog's|NN|dˈɔɡz",
                "dogs'|NNS|dˈɔɡz",
                "boxes|NNS|bˈɑksᵻz",
                "houses|NNS|hˈWsᵻz",
                "carries|VBZ|kˈæɹiz",
                "baked|VBD|bˈAkt",
                "stopped|VBD|stˈɑpt",
                "carried|VBD|kˈæɹid",
                "waited|VBD|wˈAɾᵻd",
                "needed|VBD|nˈidᵻd",
                "baking|VBG|bˈAkɪŋ",
                "stopping|VBG|stˈɑpɪŋ",
                "waiting|VBG|wˈAɾɪŋ",
                "panicking|VBG|pˈænɪkɪŋ",
                "don't|VBP|dˈOnt",
                "it'll|PRP|ɪtᵊl",
                "us|NN|",
                "unheard|NN|",
            })
    void findsWordsAndWhatFollowsFromThemByAnEnding(String word, String tag, String sounds) throws IOException {
        assertThat(american().find(word, tag, false)).isEqualTo(sounds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"houses|hˈWsɪz", "waited|wˈAtɪd", "waiting|wˈAtɪŋ", "storing|stˈɔːɹɪŋ", "parks|pˈɑːks"})
    void endsBritishWordsInTheBritishWay(String word, String sounds) throws IOException {
        assertThat(Lexicon.read(Accent.BRITISH, TinyDictionaries::open).find(word, "NN", false))
                .isEqualTo(sounds);
    }

    @Test
    void knowsAFullFormBeforeASign() throws IOException {
        assertThat(american().find("this", "DT", true)).isEqualTo("ðˈɪs");
        assertThat(american().find("this", "DT", false)).isEqualTo("ðɪs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"a\": 1}", "{\"a\": \"A\"", "{\"a\": \"A\", ", "no JSON"})
    void refusesAFileThatIsNoDictionary(String text) {
        assertThatIOException()
                .isThrownBy(() -> DictionaryReader.read(
                        _ -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "us_gold.json"))
                .withMessageContaining("us_gold.json is no dictionary");
    }

    private static Lexicon american() throws IOException {
        return Lexicon.read(Accent.AMERICAN, TinyDictionaries::open);
    }
}
