package dev.stentor.speech.phonemes;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sounds of one word among others: small words are weak, capitals are spelled, unknown words sound as MaryTTS says. Immutable. */
final class WordSounds {

    private static final int SPELLED_LETTERS = 5;
    private static final Pattern INSIDE_CAPITALS =
            Pattern.compile("(?<=\\p{Ll})(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");
    private static final Set<String> TO = Set.of("to", "To");

    private final Lexicon lexicon;
    private final Accent accent;
    private final Endings endings;

    WordSounds(Lexicon lexicon, Accent accent) {
        this.lexicon = lexicon;
        this.accent = accent;
        this.endings = new Endings(accent);
    }

    /** What follows a word: the first sound of the next word, or a sign. */
    enum Follower {
        VOWEL,
        CONSONANT,
        SIGN_OR_END
    }

    /**
     * Returns the symbols of a word.
     *
     * @param next the word behind it; null if there is none
     */
    String of(MaryToken token, Follower follower, @Nullable MaryToken next) {
        String word = token.text();
        String weak = weak(word, token.tag(), follower, next);
        if (weak != null) {
            return weak;
        }
        String listed =
                capitals(word) ? ofCapitals(token) : lexicon.find(word, token.tag(), follower == Follower.SIGN_OR_END);
        String sounds = listed == null ? unlisted(token) : listed;
        return Character.isUpperCase(word.codePointAt(0)) ? Symbols.stressed(sounds, Symbols.SECONDARY) : sounds;
    }

    private @Nullable String weak(String word, String tag, Follower follower, @Nullable MaryToken next) {
        boolean vowel = follower == Follower.VOWEL;
        return switch (word) {
            case "a", "A" -> isArticle(word, tag, follower, next) ? "ɐ" : "ˈA";
            case "an", "An" -> "ɐn";
            case "the", "The", "THE" -> vowel ? "ði" : "ðə";
            case "I" -> tag.equals("PRP") ? "ˌI" : null;
            case "am" -> follower == Follower.SIGN_OR_END ? null : accent == Accent.BRITISH ? "am" : "ɐm";
            case "to", "To" -> follower == Follower.SIGN_OR_END ? null : vowel ? "tʊ" : "tə";
            case "in", "In" -> follower == Follower.SIGN_OR_END || !tag.equals("IN") ? "ˈɪn" : "ɪn";
            case "used" ->
                next != null && TO.contains(next.text()) && !tag.equals("VBN")
                        ? lexicon.listed(word, "VBD", false)
                        : null;
            default -> null;
        };
    }

    /** Tells an article from the letter: the letter stands before a sign or another single letter, or is written large inside a text. */
    private static boolean isArticle(String word, String tag, Follower follower, @Nullable MaryToken next) {
        boolean beforeLetter =
                next != null && next.text().length() == 1 && !next.text().equals("I");
        return follower != Follower.SIGN_OR_END && !beforeLetter && (word.equals("a") || tag.equals("DT"));
    }

    private static boolean capitals(String word) {
        String letters = word.endsWith("'s") || word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
        String bare = letters.endsWith("'") ? letters.substring(0, letters.length() - 1) : letters;
        return bare.length() > 1 && bare.chars().allMatch(Character::isUpperCase);
    }

    /** Returns an abbreviation as its own entry says, or letter by letter; a long word in capitals is no abbreviation. */
    private @Nullable String ofCapitals(MaryToken token) {
        String word = token.text();
        if (word.endsWith("s")) {
            String stem = ofCapitals(
                    new MaryToken(word.substring(0, word.length() - (word.endsWith("'s") ? 2 : 1)), token.tag(), ""));
            return stem == null ? null : endings.s(stem);
        }
        // As a noun: the dictionaries then have no sounds for US or IT.
        String own = lexicon.listed(word, "NN", false);
        String small = word.toLowerCase(Locale.ROOT);
        if (own == null && word.length() > SPELLED_LETTERS - 2) {
            own = lexicon.find(small, token.tag(), false);
        }
        if (own != null) {
            return Symbols.emphasised(own);
        }
        return word.length() <= SPELLED_LETTERS ? spelled(word) : null;
    }

    /** Returns the names of the letters in one word, the last one with the main stress. */
    private String spelled(String letters) {
        String names = letters.chars()
                .mapToObj(letter -> lexicon.listed(Character.toString(letter), "", false))
                .map(name -> name == null ? "" : name.replace(Symbols.PRIMARY, Symbols.SECONDARY))
                .collect(Collectors.joining());
        int last = names.lastIndexOf(Symbols.SECONDARY);
        return last < 0 ? names : names.substring(0, last) + Symbols.PRIMARY + names.substring(last + 1);
    }

    private String unlisted(MaryToken token) {
        String[] parts = INSIDE_CAPITALS.split(token.text(), -1);
        if (parts.length > 1) {
            var joined = new StringBuilder();
            for (String part : parts) {
                MaryToken word = new MaryToken(part, token.tag(), "");
                String sounds = capitals(part) ? ofCapitals(word) : lexicon.find(part, token.tag(), false);
                if (sounds == null) {
                    return fromMary(token);
                }
                joined.append(joined.isEmpty() ? sounds : Symbols.subdued(sounds));
            }
            return joined.toString();
        }
        return fromMary(token);
    }

    private String fromMary(MaryToken token) {
        String american = MarySounds.of(token.sounds());
        return accent == Accent.BRITISH ? BritishSounds.of(american) : american;
    }
}
