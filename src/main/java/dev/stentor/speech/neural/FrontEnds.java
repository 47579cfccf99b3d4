package dev.stentor.speech.neural;

import dev.stentor.speech.Language;
import dev.stentor.speech.phonemes.EnglishPhonemes;
import dev.stentor.speech.phonemes.MandarinPhonemes;
import dev.stentor.speech.phonemes.Phonemes;
import dev.stentor.speech.phonemes.ReadText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The front ends by accent. Thread-safe. */
final class FrontEnds {

    private final Map<NeuralVoice.Accent, Phonemes> phonemes = new EnumMap<>(NeuralVoice.Accent.class);

    FrontEnds(Map<NeuralVoice.Accent, Phonemes> phonemes) {
        this.phonemes.putAll(phonemes);
    }

    /** Loads them, which takes seconds. Mandarin is left out if its library is absent. */
    static FrontEnds load(VoiceFolder folder) throws IOException, UnusableVoice {
        var loaded = new EnumMap<NeuralVoice.Accent, Phonemes>(NeuralVoice.Accent.class);
        for (String name : new String[] {"us_gold.json", "us_silver.json", "gb_gold.json", "gb_silver.json"}) {
            var _ = folder.file(name); // says what is wrong with it
        }
        loaded.put(NeuralVoice.Accent.AMERICAN, EnglishPhonemes.american(name -> opened(folder, name)));
        loaded.put(NeuralVoice.Accent.BRITISH, EnglishPhonemes.british(name -> opened(folder, name)));
        MandarinPhonemes.find().ifPresent(mandarin -> loaded.put(NeuralVoice.Accent.MANDARIN, mandarin));
        return new FrontEnds(loaded);
    }

    /** Loads the English ones. Where the folder lacks a dictionary, all words sound as MaryTTS says. */
    static FrontEnds loadEnglish(VoiceFolder folder) throws IOException {
        return new FrontEnds(Map.of(
                NeuralVoice.Accent.AMERICAN, EnglishPhonemes.american(name -> openedOrEmpty(folder, name)),
                NeuralVoice.Accent.BRITISH, EnglishPhonemes.british(name -> openedOrEmpty(folder, name))));
    }

    private static InputStream openedOrEmpty(VoiceFolder folder, String name) throws IOException {
        try {
            Optional<Path> file = folder.find(name);
            return file.isPresent()
                    ? Files.newInputStream(file.get())
                    : new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8));
        } catch (UnusableVoice e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static InputStream opened(VoiceFolder folder, String name) throws IOException {
        try {
            return Files.newInputStream(folder.file(name));
        } catch (UnusableVoice e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Tells whether a language can be read. */
    boolean read(Language language) {
        return phonemes.keySet().stream().anyMatch(accent -> accent.language() == language);
    }

    /** Returns a text as symbols; silent if nothing of it is spoken. */
    ReadText read(NeuralVoice.Accent accent, String text) {
        Phonemes own = phonemes.get(accent);
        return own == null ? ReadText.SILENT : own.of(text);
    }
}
