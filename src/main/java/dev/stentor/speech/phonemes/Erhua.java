package dev.stentor.speech.phonemes;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The ending 儿, which is no syllable of its own: it is weak, and belongs to the word before it. */
final class Erhua {

    /** Words in which 儿 means child, or is a syllable of its own. */
    private static final Set<String> CHILD = Set.of(
            "女儿", "儿", "婴儿", "幼儿", "孤儿", "男儿", "孩儿", "婴幼儿", "健儿", "胎儿", "宠儿", "混血儿", "新生儿", "早产儿", "托儿", "少儿", "患儿",
            "侄儿", "孙儿");

    private Erhua() {}

    /** Returns the words with the ending joined to them, and its tone taken away. */
    static List<MandarinWord> joined(List<MandarinWord> words) {
        var joined = new ArrayList<MandarinWord>();
        for (MandarinWord word : words) {
            if (word.text().equals("儿")
                    && !joined.isEmpty()
                    && joined.getLast().text().length() <= 2) {
                MandarinWord before = joined.removeLast();
                var syllables = new ArrayList<>(before.syllables());
                syllables.addAll(word.syllables());
                joined.add(weakened(new MandarinWord(before.text() + word.text(), syllables)));
            } else {
                joined.add(weakened(word));
            }
        }
        return joined;
    }

    private static MandarinWord weakened(MandarinWord word) {
        int last = word.syllables().size() - 1;
        if (!word.text().endsWith("儿") || CHILD.contains(word.text()) || last < 1) {
            return word;
        }
        var syllables = new ArrayList<>(word.syllables());
        syllables.set(last, syllables.get(last).withTone(Syllable.NEUTRAL));
        return new MandarinWord(word.text(), syllables);
    }
}
