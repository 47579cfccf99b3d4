package dev.stentor.speech.phonemes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the real HanLP. */
class MandarinPhonemesTest {

    private static final Phonemes MANDARIN = MandarinPhonemes.find().orElseThrow();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "你好，世界！|ni↗xau↓, ʂɨ↘ʨje↘!",
                "银行的行长|i↗nxa↗ŋ tɤ xa↗ŋꭧa↓ŋ",
                "重庆很重要|ꭧʰʊ↗ŋʨʰi↘ŋ xə↓n ꭧʊ↘ŋjau↘",
                "重慶|ꭧʰʊ↗ŋʨʰi↘ŋ",
                "觉得地铁|ʨɥe↗tɤ ti↘tʰje↓",
                "还没还钱|xai↗ mei↗ xwa↗n ʨʰjɛ↗n",
                "快得多|kʰwai↘ tɤ two→",
                "我得走|wo↓ tei↗ ʦou↓",
                "慢慢地走|ma↘nma↘ntɤ ʦou↓",
                "目的地|mu↘ti↘ti↘",
                "不是，不好|pu↗ ʂɨ↘, pu↘xau↓",
                "一点儿|i↘tjɛ↓nɚ",
                "女儿|ny↓ɚ↗",
                "25%|pai↓fə→nꭧɨ→ ɚ↘ʂɨ↗u↓",
                "《好》？|“xau↓”?",
                "你好😀|ni↗xau↓",
            })
    void readsChinese(String text, String symbols) {
        assertThat(MANDARIN.of(text).symbols()).isEqualTo(symbols);
    }

    @Test
    void spellsLetters() {
        assertThat(MANDARIN.of("T恤和GDP").symbols()).isEqualTo("tʰi↘ ɕy↘ xɤ↗ ʨi↘ ti↘ pʰi↘");
    }

    @ParameterizedTest
    @CsvSource({"''", "'  '", "'😀'"})
    void saysNothingWhereNothingIsSpoken(String text) {
        assertThat(MANDARIN.of(text).symbols()).isEmpty();
    }

    @Test
    void saysTheSameOnAllThreadsAtOnce() {
        List<String> texts = List.of("今天天气很好。", "会议改到3月15日。", "小孩儿在玩儿。");
        List<ReadText> expected = texts.stream().map(MANDARIN::of).toList();
        List<ReadText> said = IntStream.range(0, 300)
                .parallel()
                .mapToObj(n -> MANDARIN.of(texts.get(n % 3)))
                .toList();
        for (int n = 0; n < said.size(); n++) {
            assertThat(said.get(n)).isEqualTo(expected.get(n % 3));
        }
    }
}
