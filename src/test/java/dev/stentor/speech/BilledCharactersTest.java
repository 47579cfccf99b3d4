package dev.stentor.speech;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BilledCharactersTest {

    @Test
    void theServicesEnglishExampleCounts56() {
        assertThat(BilledCharacters.of("Today is a wonderful day to build something people love!"))
                .isEqualTo(56);
    }

    @Test
    void hanCountsTwiceInAnyLanguageAndAllElseOnce() {
        assertThat(BilledCharacters.of("")).isZero();
        assertThat(BilledCharacters.of("你好，world！")).isEqualTo(4 + 1 + 5 + 1);
        assertThat(BilledCharacters.of("漢字とかな")).isEqualTo(2 * 2 + 3);
        assertThat(BilledCharacters.of("한국어")).isEqualTo(3);
        assertThat(BilledCharacters.of("𠮷😀")).isEqualTo(2 + 1);
    }
}
