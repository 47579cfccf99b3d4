package dev.stentor.speech.phonemes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Language;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageRunsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hello there.|en:Hello there.",
                "你好，世界！|zh:你好，世界！",
                "我用 Spring Boot 写代码。|zh:我用 /en:Spring Boot /zh:写代码。",
                "Hello, 你好 and goodbye!|en:Hello, /zh:你好 /en:and goodbye!",
                "他说“OK, fine”，然后走了。|zh:他说“/en:OK, fine”，/zh:然后走了。",
                "2026年的 release 有 3 个版本。|zh:2026年的 /en:release /zh:有 3 个版本。",
                "In 2026年 we met.|en:In /zh:2026年 /en:we met.",
                "T恤的GDP是5G。|zh:T恤的GDP是5G。",
                "IBM Cloud 服务|en:IBM Cloud /zh:服务",
                "iPhone 15 发布了|en:iPhone 15 /zh:发布了",
                "don't 停|en:don't /zh:停",
                "42|en:42",
                "GDP|en:GDP",
            })
    void cutsByScript(String text, String runs) {
        assertThat(shown(text, null)).isEqualTo(runs);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"42|zh:42", "GDP|zh:GDP", "A 1|zh:A 1", "Hello 42|en:Hello 42"})
    void givesWhatCouldBeEitherToTheLanguageAskedFor(String text, String runs) {
        assertThat(shown(text, Language.CHINESE)).isEqualTo(runs);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void losesNoCharacterAndAlternates(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<String> pieces = List.of("你", "好", "a", "Bc", " ", "，", ".", "7", "-", "é", "'", "😀", "\n", "5G");
        for (int i = 0; i < 1_000; i++) {
            String text = random.ints(random.nextInt(12), 0, pieces.size())
                    .mapToObj(pieces::get)
                    .collect(Collectors.joining());
            List<LanguageRun> runs = LanguageRuns.of(text, null);
            assertThat(runs.stream().map(LanguageRun::text).collect(Collectors.joining()))
                    .isEqualTo(text);
            for (int n = 1; n < runs.size(); n++) {
                assertThat(runs.get(n).language()).isNotEqualTo(runs.get(n - 1).language());
            }
        }
    }

    private static String shown(String text, @Nullable Language asked) {
        return LanguageRuns.of(text, asked).stream()
                .map(run -> run.language().code() + ":" + run.text())
                .collect(Collectors.joining("/"));
    }
}
