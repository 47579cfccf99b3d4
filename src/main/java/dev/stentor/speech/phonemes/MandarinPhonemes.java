package dev.stentor.speech.phonemes;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Mandarin: HanLP cuts the text into words and reads its characters. Traditional characters are read as well. Thread-safe. */
public final class MandarinPhonemes implements Phonemes {

    private static final Pattern PART = Pattern.compile("\\p{IsHan}+|[^\\p{IsHan}]+");

    private final HanlpReader reader = new HanlpReader();
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
            if (phonemes.of("你好").isEmpty()) {
                throw new IllegalStateException("HanLP reads nothing.");
            }
            return Optional.of(phonemes);
        } catch (NoClassDefFoundError _) {
            return Optional.empty();
        }
    }

    @Override
    public String of(String text) {
        var symbols = new StringBuilder();
        Matcher part = PART.matcher(reader.simplified(text));
        while (part.find()) {
            String found = part.group();
            symbols.append(
                    Character.UnicodeScript.of(found.codePointAt(0)) == Character.UnicodeScript.HAN ? read(found) : "");
        }
        return symbols.toString().strip();
    }

    private String read(String han) {
        return reader.words(han).stream()
                .map(MandarinWord::syllables)
                .map(this::sound)
                .collect(Collectors.joining(" "));
    }

    private String sound(List<Syllable> syllables) {
        return syllables.stream().map(sounds::of).collect(Collectors.joining());
    }
}
