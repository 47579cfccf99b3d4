package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilledCharactersTest {

    @ParameterizedTest(name = "{0} counts {1}")
    @CsvSource({
        "'', 0",
        "Today is a wonderful day to build something people love!, 56",
        "'世界,', 5",
        "漢字かなカナ, 8",
        "한국어, 3",
        "𠀀, 2",
        "😀, 1",
    })
    void aHanCharacterCountsTwice(String text, long characters) {
        assertThat(BilledCharacters.of(text)).isEqualTo(characters);
    }
}
