package dev.stentor.speech.phonemes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the real MaryTTS, and dictionaries of a few words. */
class EnglishPhonemesTest {

    private static Phonemes american;
    private static Phonemes british;

    @BeforeAll
    static void read() throws IOException {
        american = EnglishPhonemes.american(TinyDictionaries::open);
        british = EnglishPhonemes.british(TinyDictionaries::open);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Weak words, by what follows.
                "the apple|ði ˈæpᵊl",
                "the dog|ðə dˈɔɡ",
                "a dog and an apple|ɐ dˈɔɡ ænd ɐn ˈæpᵊl",
                "to bake|tə bˈAk",
                "It is this.|ˌɪt ɪz ðˈɪs.",
                // From the dictionary, also with an ending or an apostrophe; flaps as the voices know them.
                "Don't wait!|dˈOnt wˈAt!",
                "It'd've stopped.|ˌɪtdv stˈɑpt.",
                "Record the dog.|ɹəkˈɔɹd ðə dˈɔɡ.",
                "The record.|ðə ɹˈɛkəɹd.",
                "the dog's city|ðə dˈɔɡz sˈɪTi",
                "button|bˈʌtᵊn",
                "It used to wait.|ˌɪt jˈust tə wˈAt.",
                // Abbreviations are spelled, unless they are words.
                "NASA|nˈæsə",
                "the US|ðə jˌuˈɛs",
                "APIs|ˌApˌiˈIz",
                "GitHub|ɡˈɪthˌʌb",
                // Unknown words, as MaryTTS says them.
                "Smith|smˈɪθ",
                "twenty|twˈɛnti",
                "thirsty|θˈɜɹsti",
                // Signs.
                "Wait, (a dog)…|wˈAt, (ɐ dˈɔɡ)…",
                "\"Wait\" and \"stop\".|“wˈAt” ænd “stˈɑp”.",
                "wait — stop|wˈAt— stˈɑp",
                "wait * stop|wˈAt stˈɑp",
            })
    void readsAmericanEnglish(String text, String symbols) {
        assertThat(american.of(text).symbols()).isEqualTo(symbols);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the dog|ðə dˈɒɡ",
                "city|sˈɪti",
                "Parker|pˈɑːkə",
                "nurse|nˈɜːs",
                "go|ɡˈQ",
                "soon|sˈuːn",
                "happy|hˈapi",
                "Olivia|Qlˈɪviə"
            })
    void readsBritishEnglish(String text, String symbols) {
        assertThat(british.of(text).symbols()).isEqualTo(symbols);
    }

    @ParameterizedTest
    @CsvSource({"''", "'   '", "'*'"})
    void saysNothingWhereNothingIsSpoken(String text) {
        assertThat(american.of(text).symbols()).isEmpty();
    }

    @Test
    void saysTheSameOnAllThreadsAtOnce() {
        List<String> texts = List.of("The dog and the apple.", "Wait, is it 5 pm?", "Don't stop in January 2026!");
        List<ReadText> expected = texts.stream().map(american::of).toList();
        List<ReadText> said = IntStream.range(0, 60)
                .parallel()
                .mapToObj(n -> american.of(texts.get(n % 3)))
                .toList();
        for (int n = 0; n < said.size(); n++) {
            assertThat(said.get(n)).isEqualTo(expected.get(n % 3));
        }
    }

    @Test
    void failsIfADictionaryIsMissing() {
        assertThatIOException()
                .isThrownBy(() -> EnglishPhonemes.american(name -> {
                    throw new IOException(name + " is missing");
                }))
                .withMessage("us_gold.json is missing");
    }
}
