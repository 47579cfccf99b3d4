package dev.stentor.speech.phonemes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The tones that characters have beside others: those of 不 and 一, and a third tone before another one. */
final class ToneSandhi {

    private static final String NUMERALS = "零一二三四五六七八九十";
    private static final String ORDINAL_BEFORE = "第初十" + NUMERALS + "点";
    private static final String ORDINAL_AFTER = "月日号號楼樓级級班" + NUMERALS;
    private static final int THIRD = 3;

    private final Predicate<String> isWord;

    /** @param isWord whether a dictionary has a word, which tells how one of three characters is built */
    ToneSandhi(Predicate<String> isWord) {
        this.isWord = isWord;
    }

    /** Returns words that follow each other without a sign, in the tones that they have together. */
    List<MandarinWord> applied(List<MandarinWord> words) {
        if (words.stream()
                .anyMatch(word -> word.text().length() != word.syllables().size())) {
            return words;
        }
        var text = new StringBuilder();
        var syllables = new ArrayList<Syllable>();
        for (MandarinWord word : words) {
            text.append(word.text());
            syllables.addAll(word.syllables());
        }
        bu(text, syllables);
        yi(text, syllables);
        return thirds(cutAs(words, syllables));
    }

    /** 不 falls, but rises before a falling tone; between two equal characters it is weak. */
    private static void bu(CharSequence text, List<Syllable> syllables) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) != '不' || !syllables.get(at).pinyin().equals("bu")) {
                continue;
            }
            boolean between = at > 0 && at + 1 < text.length() && text.charAt(at - 1) == text.charAt(at + 1);
            int tone = between ? Syllable.NEUTRAL : fallsAfter(syllables, at) ? 2 : 4;
            syllables.set(at, syllables.get(at).withTone(tone));
        }
    }

    /** 一 is high as a number, rises before a falling tone, falls before others, and is weak between two equal characters. */
    private static void yi(CharSequence text, List<Syllable> syllables) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) != '一') {
                continue;
            }
            boolean last = at + 1 == text.length();
            boolean number = last
                    || ORDINAL_AFTER.indexOf(text.charAt(at + 1)) >= 0
                    || (at > 0 && ORDINAL_BEFORE.indexOf(text.charAt(at - 1)) >= 0);
            int tone;
            if (number) {
                tone = 1;
            } else if (at > 0 && text.charAt(at - 1) == text.charAt(at + 1)) {
                tone = Syllable.NEUTRAL;
            } else {
                tone = fallsAfter(syllables, at) ? 2 : 4;
            }
            syllables.set(at, syllables.get(at).withTone(tone));
        }
    }

    /** Tells whether the next syllable falls, or did before it became weak, as 个 does. */
    private static boolean fallsAfter(List<Syllable> syllables, int at) {
        if (at + 1 >= syllables.size()) {
            return false;
        }
        Syllable next = syllables.get(at + 1);
        return next.tone() == 4
                || (next.tone() == Syllable.NEUTRAL && next.pinyin().equals("ge"));
    }

    private static List<MandarinWord> cutAs(List<MandarinWord> words, List<Syllable> syllables) {
        var cut = new ArrayList<MandarinWord>();
        int from = 0;
        for (MandarinWord word : words) {
            int to = from + word.syllables().size();
            cut.add(new MandarinWord(word.text(), syllables.subList(from, to)));
            from = to;
        }
        return cut;
    }

    /** Within words first, then between a word of one character and its neighbour, from the end to the beginning. */
    private List<MandarinWord> thirds(List<MandarinWord> words) {
        var changed = new ArrayList<MandarinWord>();
        MandarinWord next = null;
        for (MandarinWord word : words.reversed()) {
            var syllables = new ArrayList<>(withinWord(word));
            if (next != null && isBeforeThird(word, next) && syllables.getLast().tone() == THIRD) {
                syllables.set(syllables.size() - 1, syllables.getLast().withTone(2));
            }
            next = new MandarinWord(word.text(), syllables);
            changed.addFirst(next);
        }
        return changed;
    }

    /** Tells whether two words are said together, one of them being of one character, and the second begins with a third tone. */
    private static boolean isBeforeThird(MandarinWord word, MandarinWord next) {
        boolean together = word.text().length() == 1 || next.text().length() == 1;
        return together && next.syllables().getFirst().tone() == THIRD;
    }

    private List<Syllable> withinWord(MandarinWord word) {
        var syllables = new ArrayList<>(word.syllables());
        int size = syllables.size();
        boolean oneAndTwo = size == 3
                && isWord.test(word.text().substring(1))
                && !isWord.test(word.text().substring(0, 2));
        for (int at = size - 2; at >= 0; at--) {
            boolean both = syllables.get(at).tone() == THIRD
                    && word.syllables().get(at + 1).tone() == THIRD;
            if (both && !(oneAndTwo && at == 0)) {
                syllables.set(at, syllables.get(at).withTone(2));
            }
        }
        return syllables;
    }
}
