package dev.stentor.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HanCharactersTest {

    @Test
    void onlyHanCharactersCount() {
        assertThat(HanCharacters.in("你好, world。ひらカタ한글")).isEqualTo(2);
    }

    @Test
    void oneOutsideTheBasicPlaneCountsOnce() {
        assertThat(HanCharacters.in("𠮷a😀")).isEqualTo(1);
    }

    @Test
    void anEmptyTextHasNone() {
        assertThat(HanCharacters.in("")).isZero();
    }
}
