package dev.stentor.speech.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechRequest;
import dev.stentor.text.Segment;
import dev.stentor.text.Segmenter;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextLimitTest {

    @Test
    void hanCharactersCountTwice() {
        assertThat(TextLimit.QWEN3.fits("a".repeat(600))).isTrue();
        assertThat(TextLimit.QWEN3.fits("a".repeat(601))).isFalse();
        assertThat(TextLimit.QWEN3.fits("的".repeat(300))).isTrue();
        assertThat(TextLimit.QWEN3.fits("的".repeat(300) + "a")).isFalse();
    }

    @Test
    void theFirstGenerationCountsTokens() {
        SpeechRequest request = SpeechRequest.of("a");
        assertThat(TextLimit.ofQwen(request)).isEqualTo(TextLimit.QWEN3);
        var old = new SpeechRequest("a", "qwen-tts-latest", null, null, null, null);
        assertThat(TextLimit.ofQwen(old)).isEqualTo(TextLimit.QWEN);
        assertThat(TextLimit.QWEN.fits("a ".repeat(640))).isTrue();
        assertThat(TextLimit.QWEN.fits("a ".repeat(641))).isFalse();
        assertThat(TextLimit.QWEN.fits("7".repeat(513))).isFalse();
        assertThat(TextLimit.QWEN.fits("的".repeat(512))).isTrue();
        assertThat(TextLimit.QWEN.fits("😀".repeat(171))).isFalse();
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
        for (TextLimit limit : List.of(TextLimit.QWEN3, TextLimit.QWEN, TextLimit.characters(20))) {
            assertThat(new Segmenter(limit.segments()).segments(piece.repeat(400)))
                    .extracting(Segment::text)
                    .isNotEmpty()
                    .allMatch(limit::fits);
        }
    }
}
