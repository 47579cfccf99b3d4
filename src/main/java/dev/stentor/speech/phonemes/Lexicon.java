package dev.stentor.speech.phonemes;

import dev.stentor.speech.TableResource;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The dictionaries of one accent, and the words that follow from theirs by an ending. Immutable. */
final class Lexicon {

    private static final Pattern DOUBLED = Pattern.compile(".*(?:([bcdgklmnprstvxz])\\1|ck)");
    private static final Map<String, String> CLITICS =
            Map.of("'ll", "ᵊl", "'d", "d", "'ve", "v", "'re", "ɹ", "'m", "m", "n't", "ᵊnt");

    private final List<WordStore> stores;
    private final Endings endings;

    Lexicon(List<WordStore> stores, Endings endings) {
        this.stores = List.copyOf(stores);
        this.endings = endings;
    }

    /** Reads the dictionaries of an accent, behind a small one of our own. */
    static Lexicon read(Accent accent, DictionaryFiles files) throws IOException {
        Map<String, String> own = TableResource.read(Lexicon.class, "english-words.tsv", 3).stream()
                .collect(Collectors.toUnmodifiableMap(
                        List::getFirst, row -> row.get(accent == Accent.AMERICAN ? 1 : 2)));
        return new Lexicon(
                List.of(
                        new WordStore(own),
                        DictionaryReader.read(files, accent.gold()),
                        DictionaryReader.read(files, accent.silver())),
                new Endings(accent));
    }

    /**
     * Returns how a word sounds, or a word that has an ending more; null if no dictionary has it.
     *
     * @param tag part of speech in the Penn Treebank's tags
     * @param last whether a sign or the end of the text follows
     */
    @Nullable String find(String word, String tag, boolean last) {
        String sounds = listed(word, tag, last);
        if (sounds == null) {
            sounds = withS(word, tag);
        }
        if (sounds == null) {
            sounds = withEd(word, tag);
        }
        if (sounds == null) {
            sounds = withIng(word, tag);
        }
        return sounds == null ? withClitic(word, tag) : sounds;
    }

    /** Returns how a word sounds that stands in a dictionary, written large or small; null if none has it. */
    @Nullable String listed(String word, String tag, boolean last) {
        if (word.isEmpty()) {
            return null;
        }
        String small = word.toLowerCase(Locale.ROOT);
        String large = word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
        boolean initial = word.equals(large) && word.substring(1).equals(small.substring(1));
        for (WordStore store : stores) {
            String meaning = store.find(word);
            if (meaning == null && initial) {
                meaning = store.find(small);
            }
            if (meaning == null && word.equals(small)) {
                meaning = store.find(large);
            }
            if (meaning != null) {
                return chosen(meaning, tag, last);
            }
        }
        return null;
    }

    /** Returns the sounds for a part of speech; null for one that has none, whose word is spelled. */
    private static @Nullable String chosen(String meaning, String tag, boolean last) {
        if (meaning.indexOf(':') < 0) {
            return meaning;
        }
        String chosen = last ? tagged(meaning, "None") : null;
        if (chosen == null) {
            chosen = tagged(meaning, tag);
        }
        if (chosen == null) {
            chosen = tagged(meaning, kind(tag));
        }
        if (chosen == null) {
            chosen = tagged(meaning, "DEFAULT");
        }
        return chosen == null || chosen.isEmpty() ? null : chosen;
    }

    private static @Nullable String tagged(String meaning, String tag) {
        for (String one : meaning.split("\\|", -1)) {
            if (one.startsWith(tag + ":")) {
                return one.substring(tag.length() + 1);
            }
        }
        return null;
    }

    private static String kind(String tag) {
        if (tag.startsWith("VB")) {
            return "VERB";
        }
        if (tag.startsWith("NN")) {
            return "NOUN";
        }
        if (tag.startsWith("RB")) {
            return "ADV";
        }
        return tag.startsWith("JJ") ? "ADJ" : tag;
    }

    private @Nullable String withS(String word, String tag) {
        if (word.length() < 3) {
            return null;
        }
        if (word.endsWith("s'")) {
            return find(word.substring(0, word.length() - 1), tag, false);
        }
        if (!word.endsWith("s") || word.endsWith("ss")) {
            return null;
        }
        String stem = word.endsWith("'s") ? find(cut(word, 2), tag, false) : listed(cut(word, 1), tag, false);
        if (stem == null && word.endsWith("ies") && word.length() > 4) {
            stem = listed(cut(word, 3) + "y", tag, false);
        }
        if (stem == null && word.endsWith("es") && word.length() > 4) {
            stem = listed(cut(word, 2), tag, false);
        }
        return stem == null ? null : endings.s(stem);
    }

    private @Nullable String withEd(String word, String tag) {
        if (word.length() < 4 || !word.endsWith("ed") || word.endsWith("eed")) {
            return null;
        }
        String stem = listed(cut(word, 1), tag, false);
        if (stem == null) {
            stem = stemOf(cut(word, 2), tag);
        }
        if (stem == null && word.endsWith("ied")) {
            stem = listed(cut(word, 3) + "y", tag, false);
        }
        return stem == null ? null : endings.ed(stem);
    }

    private @Nullable String withIng(String word, String tag) {
        if (word.length() < 5 || !word.endsWith("ing")) {
            return null;
        }
        String stem = stemOf(cut(word, 3), tag);
        if (stem == null) {
            stem = listed(cut(word, 3) + "e", tag, false);
        }
        return stem == null ? null : endings.ing(stem);
    }

    /** Returns the sounds of a stem, or of one whose last letter the ending has doubled. */
    private @Nullable String stemOf(String stem, String tag) {
        String sounds = stem.length() < 2 ? null : listed(stem, tag, false);
        return sounds == null && DOUBLED.matcher(stem).matches() ? listed(cut(stem, 1), tag, false) : sounds;
    }

    private @Nullable String withClitic(String word, String tag) {
        for (Map.Entry<String, String> clitic : CLITICS.entrySet()) {
            if (word.endsWith(clitic.getKey())) {
                String stem = find(cut(word, clitic.getKey().length()), tag, false);
                return stem == null ? null : stem + clitic.getValue();
            }
        }
        return null;
    }

    private static String cut(String word, int letters) {
        return word.substring(0, word.length() - letters);
    }
}
