package dev.stentor.speech.phonemes;

import dev.stentor.speech.TableResource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Latin letters as Mandarin speakers name them, from the table {@code letter-names.tsv}. */
final class LetterNames {

    private static final Map<String, List<Syllable>> NAMES =
            TableResource.read(LetterNames.class, "letter-names.tsv", 2).stream()
                    .collect(Collectors.toUnmodifiableMap(
                            List::getFirst,
                            row -> List.of(row.getLast().split(" ", -1)).stream()
                                    .map(Syllable::of)
                                    .toList()));

    private LetterNames() {}

    /** Returns the name of a letter; empty if it is none of the basic 26, with or without accents. */
    static List<Syllable> of(int letter) {
        return NAMES.getOrDefault(Character.toString(letter).toUpperCase(Locale.ROOT), List.of());
    }
}
