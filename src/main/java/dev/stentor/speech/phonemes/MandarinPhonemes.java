package dev.stentor.speech.phonemes;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Mandarin: HanLP cuts the text into words and reads its characters. Numbers are said in Chinese, Latin letters are spelled, and traditional
 * characters are read as well. Thread-safe.
 */
public final class MandarinPhonemes implements Phonemes {

    private static final Pattern PART = Pattern.compile("\\p{IsHan}+|\\p{IsLatin}+|[^\\p{IsHan}\\p{IsLatin}\\s]");

    private final HanlpReader reader = new HanlpReader();
    private final ToneSandhi sandhi = new ToneSandhi(reader::isWord);
    private final PinyinSounds sounds = new PinyinSounds();

    private MandarinPhonemes() {}

    /**
     * Returns the front end; empty if HanLP is not on the class path. Loads its dictionaries, which takes seconds and 70 MB of heap.
     *
     * @throws IllegalStateException if HanLP cannot be started
     */
    public static Optional<MandarinPhonemes> find() {
        try {
            var phonemes = new MandarinPhonemes();
            if (phonemes.of("你好").words().isEmpty()) {
                throw new IllegalStateException("HanLP reads nothing.");
            }
            return Optional.of(phonemes);
        } catch (NoClassDefFoundError _) {
            return Optional.empty();
        }
    }

    @Override
    public ReadText of(String text) {
        TracedText written = MandarinText.inCharacters(TracedText.of(text).mapped(reader::simplified));
        Matcher part = PART.matcher(written.text());
        var parts = new ArrayList<SoundPart>();
        while (part.find()) {
            String found = part.group();
            switch (UnicodeScript.of(found.codePointAt(0))) {
                case HAN -> addWords(parts, found, part.start());
                case LATIN -> parts.add(new SoundPart(spelled(found), true, part.start(), part.end()));
                default -> parts.add(new SoundPart(Signs.chinese(found), false, part.start(), part.end()));
            }
        }
        parts.removeIf(unsaid -> unsaid.symbols().isEmpty());
        return Signs.joined(parts, new WordPlaces(text, written));
    }

    /** Adds Chinese words, of which each is a part. */
    private void addWords(List<SoundPart> parts, String han, int start) {
        int from = start;
        for (MandarinWord word : sandhi.applied(Erhua.joined(reader.words(han)))) {
            int to = from + word.text().length();
            parts.add(new SoundPart(sound(word.syllables()), true, from, to));
            from = to;
        }
    }

    private String spelled(String letters) {
        return letters.codePoints()
                .mapToObj(letter -> sound(LetterNames.of(letter)))
                .collect(Collectors.joining(" "))
                .strip();
    }

    private String sound(List<Syllable> syllables) {
        return syllables.stream().map(sounds::of).collect(Collectors.joining());
    }
}
