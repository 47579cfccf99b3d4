package dev.stentor.speech.phonemes;

import com.hankcs.hanlp.HanLP;
import com.hankcs.hanlp.dictionary.py.Pinyin;
import com.hankcs.hanlp.seg.common.Term;
import java.util.ArrayList;
import java.util.List;

/** A reader of Han characters by HanLP's dictionaries, which its first call loads. Thread-safe. */
final class HanlpReader {

    /** Returns the text in simplified characters, of which HanLP knows the words. */
    String simplified(String text) {
        return HanLP.convertToSimplifiedChinese(text);
    }

    /** Cuts a text of Han characters alone into words, and reads each character as the words around it want. */
    List<MandarinWord> words(String han) {
        List<Pinyin> read = HanLP.convertToPinyinList(han);
        var words = new ArrayList<MandarinWord>();
        int from = 0;
        for (Term term : HanLP.segment(han)) {
            int to = from + term.word.length();
            words.add(new MandarinWord(term.word, syllables(read.subList(from, to))));
            from = to;
        }
        return words;
    }

    private static List<Syllable> syllables(List<Pinyin> read) {
        return read.stream()
                .filter(pinyin -> pinyin != Pinyin.none5)
                .map(pinyin -> new Syllable(pinyin.getPinyinWithoutTone(), pinyin.getTone()))
                .toList();
    }
}
