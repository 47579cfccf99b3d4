package dev.stentor.speech.qwen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechRequest;
import org.junit.jupiter.api.Test;

class QwenTextLimitsTest {

    @Test
    void theFirstGenerationCountsTokensAndAllOthersCharacters() {
        assertThat(QwenTextLimits.of(SpeechRequest.of("a"))).isEqualTo(QwenTextLimits.QWEN3);
        var old = new SpeechRequest("a", "qwen-tts-latest", null, null, null, null);
        assertThat(QwenTextLimits.of(old)).isEqualTo(QwenTextLimits.QWEN);
    }

    @Test
    void theLimitsAreThoseOfTheService() {
        assertThat(QwenTextLimits.QWEN3.fits("a".repeat(600))).isTrue();
        assertThat(QwenTextLimits.QWEN3.fits("a".repeat(601))).isFalse();
        assertThat(QwenTextLimits.QWEN.fits("的".repeat(512))).isTrue();
        assertThat(QwenTextLimits.QWEN.fits("7".repeat(513))).isFalse();
    }
}
