package dev.stentor.speech.phonemes;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * English, American or British. MaryTTS finds words and their parts of speech; misaki's dictionaries say how they sound, and MaryTTS how those
 * sound that no dictionary has. The calling thread's context class loader must be the application's at the first call. Thread-safe.
 */
public final class EnglishPhonemes implements Phonemes {

    /** Tags that MaryTTS gives to verbs at the beginning of a clause. */
    private static final Set<String> MISTAKEN = Set.of("JJ", "NN", "RB");

    private static final Set<String> OBJECTS = Set.of("DT", "PRP", "PRP$");

    private final Accent accent;
    private final WordSounds sounds;
    private final EnglishText written;
    private final MaryFrontEnd mary = new MaryFrontEnd();

    private EnglishPhonemes(Accent accent, Lexicon lexicon) {
        this.accent = accent;
        this.sounds = new WordSounds(lexicon, accent);
        this.written = new EnglishText(accent);
    }

    /**
     * Returns American English. Reads the dictionaries, which blocks and leaves 8 MB on the heap.
     *
     * @throws IOException if {@code us_gold.json} or {@code us_silver.json} cannot be read
     */
    public static EnglishPhonemes american(DictionaryFiles files) throws IOException {
        return new EnglishPhonemes(Accent.AMERICAN, Lexicon.read(Accent.AMERICAN, files));
    }

    /**
     * Returns British English. Reads the dictionaries, which blocks and leaves 8 MB on the heap.
     *
     * @throws IOException if {@code gb_gold.json} or {@code gb_silver.json} cannot be read
     */
    public static EnglishPhonemes british(DictionaryFiles files) throws IOException {
        return new EnglishPhonemes(Accent.BRITISH, Lexicon.read(Accent.BRITISH, files));
    }

    @Override
    public ReadText of(String text) {
        TracedText words = written.inWords(text);
        return words.text().isBlank() ? ReadText.SILENT : read(mary.tokens(words.text()), new WordPlaces(text, words));
    }

    /** Reads from the end to the beginning, since small words sound as the next word wants. */
    private ReadText read(List<MaryToken> tokens, WordPlaces places) {
        Deque<SoundPart> parts = new ArrayDeque<>();
        var follower = WordSounds.Follower.SIGN_OR_END;
        MaryToken next = null;
        for (int at = tokens.size() - 1; at >= 0; at--) {
            MaryToken token = commanded(tokens, at);
            String symbols = token.isSign() ? Signs.english(token.text()) : sounds.of(token, follower, next);
            if (!symbols.isEmpty()) {
                parts.addFirst(new SoundPart(learned(symbols), !token.isSign(), token.from(), token.to()));
                follower = follower(symbols, follower);
                next = token.isSign() ? null : token;
            }
        }
        return Signs.joined(parts, places);
    }

    /** Returns the symbols under which the voices learned the sounds. */
    private String learned(String symbols) {
        return accent == Accent.AMERICAN ? symbols.replace('ɾ', 'T').replace('ʔ', 't') : symbols;
    }

    /** Returns a word, as a verb if it begins a clause and an article or a pronoun follows: MaryTTS takes "close the door" for an adjective. */
    private static MaryToken commanded(List<MaryToken> tokens, int at) {
        MaryToken token = tokens.get(at);
        boolean begins = at == 0 || tokens.get(at - 1).isSign();
        boolean object =
                at + 1 < tokens.size() && OBJECTS.contains(tokens.get(at + 1).tag());
        boolean mistaken = MISTAKEN.contains(token.tag());
        return begins && object && mistaken ? token.as("VB") : token;
    }

    private static WordSounds.Follower follower(String symbols, WordSounds.Follower otherwise) {
        for (int at = 0; at < symbols.length(); at++) {
            char symbol = symbols.charAt(at);
            if (Symbols.isVowel(symbol) || symbol == 'ɐ') {
                return WordSounds.Follower.VOWEL;
            }
            if (Symbols.isConsonant(symbol)) {
                return WordSounds.Follower.CONSONANT;
            }
            if (Signs.isPause(symbol)) {
                return WordSounds.Follower.SIGN_OR_END;
            }
        }
        return otherwise;
    }
}
