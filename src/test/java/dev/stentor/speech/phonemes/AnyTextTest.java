package dev.stentor.speech.phonemes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both front ends take any text, and give nothing but symbols that the voices know. */
class AnyTextTest {

    private static final String ALPHABET =
            ";:,.!?—…\"()“” ̃ʣʥʦʨᵝꭧAIOQSTWYᵊabcdefhijklmnopqrstuvwxyzɑɐɒæβɔɕçɖðʤəɚɛɜɟɡɥɨɪʝɯɰŋɳɲɴøɸθœɹɾɻʁɽʂʃʈʧʊʋʌɣɤχʎʒʔˈˌːʰʲ↓→↗↘ᵻ";

    private static final List<String> PIECES = List.of(
            "the",
            "a",
            "I",
            "Don't",
            "NASA's",
            "x",
            "ß",
            "é",
            "Ω",
            "Я",
            "你",
            "好",
            "得",
            "地",
            "不",
            "一",
            "儿",
            "龘",
            "㊙",
            "٣",
            "५",
            "１２",
            "0",
            "7",
            "1999",
            "12345678901234567890",
            ".",
            ",",
            ":",
            "-",
            "–",
            "—",
            "...",
            "/",
            "%",
            "$",
            "€",
            "¥",
            "£",
            "°C",
            "km",
            "@",
            "#",
            "&",
            "+",
            "=",
            "(",
            ")",
            "\"",
            "'",
            "’",
            "“",
            "《",
            "》",
            "！",
            "？",
            "。",
            "😀",
            "\u200d",
            "\u0301",
            "\ud83d",
            "\u0000",
            "\n",
            " ",
            " ",
            " ",
            "am",
            "p.m.",
            "st",
            "March",
            "http://",
            ".com",
            "年",
            "月",
            "日",
            "号",
            "点",
            "个",
            "<b>",
            "]]>",
            "\\",
            "$1");

    private static final String SIGNS = ";:,.!?—…\"()“” ";

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void givesOnlyWhatTheVoicesKnow(long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Phonemes> frontEnds = List.of(
                EnglishPhonemes.american(TinyDictionaries::open),
                EnglishPhonemes.british(TinyDictionaries::open),
                MandarinPhonemes.find().orElseThrow());
        for (int i = 0; i < 40; i++) {
            String text = random.ints(random.nextInt(1, 14), 0, PIECES.size())
                    .mapToObj(PIECES::get)
                    .collect(Collectors.joining());
            for (Phonemes frontEnd : frontEnds) {
                ReadText read = frontEnd.of(text);
                assertThat(read.symbols().codePoints())
                        .as(text)
                        .allSatisfy(symbol -> assertThat(ALPHABET.codePoints()).contains(symbol));
                assertThat(soundsOutsideOfWords(read, text)).as(text).isEmpty();
            }
        }
    }

    /** Returns the sounds that belong to no word. Checks that words are in order, within the text, and do not overlap. */
    private static String soundsOutsideOfWords(ReadText read, String text) {
        var rest = new StringBuilder(read.symbols());
        int to = 0;
        int end = 0;
        for (ReadWord word : read.words()) {
            assertThat(word.from()).as(text).isGreaterThanOrEqualTo(to);
            assertThat(word.to()).as(text).isLessThanOrEqualTo(text.length());
            assertThat(word.firstSymbol()).as(text).isGreaterThanOrEqualTo(end);
            assertThat(text.substring(word.from(), word.to()))
                    .isEqualTo(text.substring(word.from(), word.to()).strip());
            to = word.to();
            end = word.endSymbol();
            rest.replace(word.firstSymbol(), end, " ".repeat(end - word.firstSymbol()));
        }
        return rest.chars()
                .filter(symbol -> SIGNS.indexOf(symbol) < 0)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
