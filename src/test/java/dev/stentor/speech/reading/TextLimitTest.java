package dev.stentor.speech.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.text.Segment;
import dev.stentor.text.Segmenter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextLimitTest {

    private static final TextLimit CHARACTERS = TextLimit.characters(600);
    private static final TextLimit TOKENS = TextLimit.tokens(512);

    @Test
    void hanCharactersCountTwice() {
        assertThat(CHARACTERS.fits("a".repeat(600))).isTrue();
        assertThat(CHARACTERS.fits("a".repeat(601))).isFalse();
        assertThat(CHARACTERS.fits("的".repeat(300))).isTrue();
        assertThat(CHARACTERS.fits("的".repeat(300) + "a")).isFalse();
    }

    @Test
    void tokensAreEstimatedRatherTooHigh() {
        assertThat(TOKENS.fits("a ".repeat(640))).isTrue();
        assertThat(TOKENS.fits("a ".repeat(641))).isFalse();
        assertThat(TOKENS.fits("7".repeat(513))).isFalse();
        assertThat(TOKENS.fits("的".repeat(512))).isTrue();
        assertThat(TOKENS.fits("😀".repeat(171))).isFalse();
    }

    @Test
    void noLimitIsNone() {
        assertThat(TextLimit.NONE.fits("a".repeat(1_000_000))).isTrue();
    }

    static Stream<String> texts() {
        return Stream.of(
                "A sentence of some words, with 1,234 numbers; and more. ",
                "今天天气很好，我们一起去公园散步吧。他说：没问题。",
                "的",
                "a",
                "7",
                "Well 的, 7 的é ",
                "ひらがなとカタカナ、한국어도。");
    }

    @ParameterizedTest
    @MethodSource("texts")
    void noSegmentIsOverTheLimit(String piece) {
        for (TextLimit limit : List.of(CHARACTERS, TOKENS, TextLimit.characters(20))) {
            assertThat(new Segmenter(limit.segments()).segments(piece.repeat(400)))
                    .extracting(Segment::text)
                    .isNotEmpty()
                    .allMatch(limit::fits);
        }
    }
}
