package dev.stentor.speech.phonemes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of a text are found again behind all that front ends write in another way. */
class ReadWordsTest {

    private static Phonemes american;
    private static Phonemes mandarin;

    @BeforeAll
    static void read() throws IOException {
        american = EnglishPhonemes.american(TinyDictionaries::open);
        mandarin = MandarinPhonemes.find().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The dog, and the park.|The dog and the park",
                "It costs $4.50, not 5.|It costs $4.50 not 5",
                "On 2026-12-05 at 3:30 p.m. we met.|On 2026-12-05 at 3:30_p.m. we met",
                "March 3, 2026 it was.|March 3 2026 it was",
                "Call 555-0123 now!|Call 555-0123 now",
                "Write to ann@example.com, please.|Write to ann@example.com please",
                "Dr. Smith lives on St. James St.|Dr. Smith lives on St. James St.",
                "I don't wait. It's the dog's.|I don't wait It's the dog's",
                "well-known GitHub APIs & NASA|well known GitHub APIs & NASA",
                "  The   café’s “naïve” crêpe — 20%  off…|The café’s naïve crêpe 20% off",
                "10-20 minutes|10 - 20 minutes",
                "5km and 1 kg|5km and 1_kg",
                "WAIT FOR THE DOG|WAIT FOR THE DOG",
                "the cafe\u0301 is open|the cafe\u0301 is open",
                "3.14 or 1,234,567|3.14 or 1,234,567",
            })
    void englishWordsAreFoundAgain(String text, String words) {
        assertThat(written(american, text)).containsExactlyElementsOf(split(words));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "今天天气很好。|今天 天气 很好",
                "会议改到3月15日。|会议 改 到 3月 15日",
                "價格是￥19.90元，不貴。|價格 是 ￥19.90 元 不 貴",
                "小孩儿在玩儿|小孩儿 在 玩儿",
                "电话13812345678。|电话 13812345678",
                "下午2:30见GDP|下午 2:30 见 GDP",
            })
    void chineseWordsAreFoundAgain(String text, String words) {
        assertThat(written(mandarin, text)).containsExactlyElementsOf(split(words));
    }

    @Test
    void aWordHasTheSymbolsThatSayIt() {
        ReadText read = american.of("Wait, the dog.");
        assertThat(read.words().stream().map(word -> read.symbols().substring(word.firstSymbol(), word.endSymbol())))
                .containsExactly("wˈAt", "ðə", "dˈɔɡ");
    }

    private static List<String> written(Phonemes phonemes, String text) {
        return phonemes.of(text).words().stream()
                .map(word -> text.substring(word.from(), word.to()))
                .toList();
    }

    private static List<String> split(String words) {
        return List.of(words.split(" ", -1)).stream()
                .map(word -> word.replace('_', ' '))
                .toList();
    }
}
