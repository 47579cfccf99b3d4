package dev.stentor.speech.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpeakableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"Hello!", "Café au lait in Łódź, señor", "5", "It costs €5 😀", "e\u0301t\u00e9", "ｗｉｄｅ", "µ-law"
            })
    void latinLettersAndDigitsAreTaken(String text) {
        assertThat(Speakable.refusal(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"你好", "He said 你好 to me", "Привет", "γειά", "שלום", "สวัสดี", "カタカナ", "नमस्ते", "𠮷"})
    void lettersOfAnotherScriptAreRefusedWithTheRemedy(String text) {
        assertThat(Speakable.refusal(text)).hasValueSatisfying(failure -> {
            assertThat(failure)
                    .isInstanceOfSatisfying(
                            SpeechFailure.InvalidInput.class,
                            wrong -> assertThat(wrong.field()).isEqualTo("text"));
            assertThat(failure.message())
                    .contains("English", "DASHSCOPE_API_KEY")
                    .doesNotContain(text);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"...", "😀", "—", "\u0301", "?!", "👩‍👩‍👧 …", " ", ""})
    void aTextWithoutASoundIsRefused(String text) {
        assertThat(Speakable.refusal(text)).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Café in Łódź, Straße|Cafe in Lodz, Strasse",
                "“Yes” – it’s so—really|\"Yes\" ,  it's so, really",
                "ok - fine, well-known|ok, fine, well-known",
                "x² ½ ﬁne ｗｉｄｅ|x2 1 2 fine wide",
                "٣ of 5|3 of 5",
                "€5 and £3|€5 and £3",
            })
    void whatIsReadIsPlain(String text, String plain) {
        assertThat(Speakable.of(text)).isEqualTo(plain);
    }

    @Test
    void emojiControlAndBrokenCharactersAreLeftOut() {
        assertThat(Speakable.of("Hi 👩‍👩‍👧\u0000\u200b there\ud800 1\ufe0f\u20e3")
                        .replaceAll(" +", " "))
                .isEqualTo("Hi there 1");
    }
}
