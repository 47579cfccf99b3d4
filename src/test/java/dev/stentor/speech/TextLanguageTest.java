package dev.stentor.speech;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextLanguageTest {

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "你好 world 12, Chinese",
        "今日はいい天気ですね, Japanese",
        "東京へ, Japanese",
        "コーヒー, Japanese",
        "我喜欢喝优の良品牌的乌龙茶和绿茶, Chinese",
        "안녕하세요, Korean",
        "Привет mir, Russian",
        "Γειά, Greek",
        "नमस्ते, Hindi",
        "Բարեւ, Armenian"
    })
    void foreignLettersTellTheLanguage(String text, String language) {
        assertThat(TextLanguage.foreign(text)).contains(language);
    }

    @Test
    void latinLettersAndSignsTellNothing() {
        for (String text : new String[] {"", "12, 3!", "Crème brûlée, naïve Müller", "🎉 ok…"}) {
            assertThat(TextLanguage.foreign(text)).isEmpty();
        }
    }
}
