package dev.stentor.speech.phonemes;

import com.hankcs.hanlp.HanLP;
import com.hankcs.hanlp.dictionary.CoreDictionary;
import com.hankcs.hanlp.dictionary.py.Pinyin;
import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.common.Term;
import dev.stentor.speech.TableResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A reader of Han characters by HanLP's dictionaries, which its first call loads, and by a small table of our own. Thread-safe. */
final class HanlpReader {

    private static final Map<String, List<Syllable>> OWN =
            TableResource.read(HanlpReader.class, "han-words.tsv", 2).stream()
                    .collect(Collectors.toUnmodifiableMap(
                            List::getFirst,
                            row -> List.of(row.getLast().split(" ", -1)).stream()
                                    .map(Syllable::of)
                                    .toList()));

    /** Without names of people and places, which it would also find where there are none. */
    private final Segment segment = HanLP.newSegment()
            .enableNameRecognize(false)
            .enableTranslatedNameRecognize(false)
            .enableJapaneseNameRecognize(false)
            .enablePlaceRecognize(false)
            .enableOrganizationRecognize(false);

    /** Returns the text in simplified characters, of which HanLP knows the words. */
    String simplified(String text) {
        return HanLP.convertToSimplifiedChinese(text);
    }

    /** Tells whether the dictionary has a word. */
    boolean isWord(String han) {
        return CoreDictionary.contains(han);
    }

    /** Cuts a text of Han characters alone into words, and reads each character as the words around it want. */
    List<MandarinWord> words(String han) {
        List<Pinyin> read = HanLP.convertToPinyinList(han);
        var words = new ArrayList<MandarinWord>();
        int from = 0;
        Term before = null;
        for (Term term : segment.seg(han)) {
            int to = from + term.word.length();
            List<Syllable> own = OWN.get(term.word);
            List<Syllable> syllables = own == null ? syllables(read.subList(from, to)) : own;
            words.add(new MandarinWord(
                    term.word,
                    Particles.weakened(term.word, syllables, before == null ? "" : before.nature.toString())));
            from = to;
            before = term;
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
