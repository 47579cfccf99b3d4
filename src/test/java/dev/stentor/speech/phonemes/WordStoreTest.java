package dev.stentor.speech.phonemes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordStoreTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void findsExactlyTheWordsOfTheMapItWasMadeOf(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<String, String> words = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            words.put(word(random), word(random) + "ˈ");
        }
        var store = new WordStore(words);
        words.forEach((word, meaning) -> assertThat(store.find(word)).isEqualTo(meaning));
        for (int i = 0; i < 500; i++) {
            String other = word(random);
            assertThat(store.find(other)).isEqualTo(words.get(other));
        }
    }

    @Test
    void findsNothingIfItIsEmpty() {
        assertThat(new WordStore(Map.of()).find("word")).isNull();
    }

    private static String word(RandomGenerator random) {
        return random.ints(1 + random.nextInt(4), 0, 6)
                .mapToObj(letter -> String.valueOf("abé'中Z".charAt(letter)))
                .collect(Collectors.joining());
    }
}
