package dev.stentor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Javadoc is understood at first reading: a sentence opens with its verb or its noun. */
class ProseTest {

    /** Highest allowed share of riddles, in percent. */
    private static final double MOST_RIDDLES = 3;

    private static final List<Prose.Sentence> SENTENCES = Prose.in(MainCode.sources());

    @Test
    void hardlyAnyBlockOpensWithARiddle() {
        assertFewRiddles(SENTENCES.stream().filter(Prose.Sentence::first).toList());
    }

    @Test
    void hardlyAnySentenceDoes() {
        assertFewRiddles(SENTENCES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** What befell it. */",
                "/** Of a text. */",
                "/**\n     * None yet.\n     *\n     * @param a those\n     */",
                "/** Returns it. Those who ask get none. */",
                "/** Returns it.\n     *\n     * <p>Who asks gets none. */"
            })
    void aRiddleIsSeen(String javadoc) {
        assertThat(Prose.in(List.of(source(javadoc))))
                .filteredOn(Prose.Sentence::isRiddle)
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/** Returns what befell it. */",
                "/** Offers a place, e.g. of those. */",
                "/* What befell it. */",
                "// What befell it.",
                "/** Whatever.\n     *\n     * @return What befell it. */"
            })
    void anotherSentenceIsNot(String comment) {
        assertThat(Prose.in(List.of(source(comment)))).noneMatch(Prose.Sentence::isRiddle);
    }

    private static void assertFewRiddles(List<Prose.Sentence> sentences) {
        assertThat(HouseFigures.share(sentences))
                .as(() -> "percent of %d sentences, which are %s"
                        .formatted(
                                sentences.size(),
                                sentences.stream()
                                        .filter(Prose.Sentence::isRiddle)
                                        .map(sentence -> "\n" + sentence.place())
                                        .toList()))
                .isLessThan(MOST_RIDDLES);
    }

    private static JavaSource source(String comment) {
        return JavaSource.of(
                Path.of("Some.java"), "package dev.stentor.mix;\n\nclass Some {\n    " + comment + "\n    int a;\n}\n");
    }
}
