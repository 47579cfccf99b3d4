package dev.stentor.speech.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {

    @TempDir
    Path folder;

    private Vocabulary vocabulary;

    @BeforeEach
    void read() throws Exception {
        vocabulary = new Vocabulary(file("{\"vocab\": {\" \": 16, \".\": 4, \"a\": 43, \"ꭧ\": 23}}"));
    }

    @Test
    void symbolsBecomeNumbersAndUnknownOnesAreLeftOut() {
        SymbolNumbers part = vocabulary.numbers("aꭧ♥ a.").getFirst();
        assertThat(part.numbers()).containsExactly(43, 23, 16, 43, 4);
        assertThat(part.places()).containsExactly(0, 1, 3, 4, 5);
        assertThat(vocabulary.numbers("♥")).isEmpty();
    }

    @Test
    void aLongTextIsCutAtASignThenAtABlankThenAnywhere() {
        String words = "aaaa ".repeat(60);
        List<SymbolNumbers> atSign = vocabulary.numbers(words + "a. " + words);
        assertThat(atSign.getFirst().numbers()).hasSize(302).endsWith(43, 4);
        assertThat(vocabulary.numbers(words + words).getFirst().numbers())
                .hasSizeLessThanOrEqualTo(Vocabulary.MOST)
                .endsWith(16);
        assertThat(vocabulary.numbers("a".repeat(1_000)))
                .extracting(part -> part.numbers().length)
                .containsExactly(400, 400, 200);
        assertThat(atSign.stream().mapToInt(part -> part.numbers().length).sum())
                .isEqualTo(603);
    }

    @Test
    void whatIsNoVocabularyIsRefused() {
        for (String content : List.of("no json", "{}", "{\"vocab\": {\"a\": 1}}")) {
            assertThatThrownBy(() -> new Vocabulary(file(content)))
                    .isInstanceOf(UnusableVoice.class)
                    .hasMessageContaining("no vocabulary");
        }
    }

    private Path file(String content) throws Exception {
        return Files.writeString(folder.resolve("vocab.json"), content);
    }
}
