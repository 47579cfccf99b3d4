package dev.stentor.speech.phonemes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The particles 得 and 地, which are weak behind a verb or an adjective, and words of their own elsewhere. */
final class Particles {

    /** Words that end in 得 and in which it means to get. */
    private static final Set<String> GET =
            Set.of("获得", "取得", "难得", "所得", "心得", "求得", "赢得", "博得", "夺得", "应得", "不得", "自得", "贪得", "购得", "查得", "测得");

    /** Words that end in 地 and in which it means ground or place. */
    private static final Set<String> PLACE = Set.of("目的地", "所在地", "发源地", "根据地", "出生地", "殖民地", "居住地", "集散地", "发祥地");

    private static final Syllable WEAK = new Syllable("de", Syllable.NEUTRAL);
    private static final Syllable MUST = new Syllable("dei", 3);

    private Particles() {}

    /**
     * Returns the syllables of a word, its particles weakened.
     *
     * @param before HanLP's part of speech of the word before it; empty if there is none
     */
    static List<Syllable> weakened(String word, List<Syllable> read, String before) {
        if (word.length() != read.size()) {
            return read;
        }
        var syllables = new ArrayList<>(read);
        for (int at = 0; at < word.length(); at++) {
            if (word.charAt(at) == '得' && read.get(at).pinyin().equals("de")) {
                boolean alone = word.length() == 1;
                boolean must = alone && (before.startsWith("r") || before.startsWith("d"));
                boolean weak = alone ? !before.isEmpty() : at > 0 && !GET.contains(word.substring(0, at + 1));
                syllables.set(at, must ? MUST : weak ? WEAK : read.get(at));
            }
            boolean adverb = word.charAt(at) == '地' && at == word.length() - 1 && !PLACE.contains(word);
            if (adverb && (at > 1 || (at == 0 && before.matches("[ad].*")))) {
                syllables.set(at, WEAK);
            }
        }
        return syllables;
    }
}
