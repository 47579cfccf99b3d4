package dev.stentor.speech.phonemes;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Words and pinyin as tests write them: {@code 你好:ni3 hao3/世界:shi4 jie4}. */
final class SyllablesOf {

    private SyllablesOf() {}

    static List<MandarinWord> words(String written) {
        return Arrays.stream(written.split("/", -1))
                .map(word -> word.split(":", -1))
                .map(word -> new MandarinWord(
                        word[0],
                        Arrays.stream(word[1].split(" ", -1)).map(Syllable::of).toList()))
                .toList();
    }

    static String pinyin(List<MandarinWord> words) {
        return words.stream().map(word -> pinyinOf(word.syllables())).collect(Collectors.joining("/"));
    }

    static String pinyinOf(List<Syllable> syllables) {
        return syllables.stream()
                .map(syllable -> syllable.pinyin() + syllable.tone())
                .collect(Collectors.joining(" "));
    }
}
