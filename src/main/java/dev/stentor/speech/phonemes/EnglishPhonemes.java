package dev.stentor.speech.phonemes;

import java.io.IOException;

/**
 * English, American or British. MaryTTS finds words and their parts of speech; misaki's dictionaries say how they sound, and MaryTTS how those
 * sound that no dictionary has. The calling thread's context class loader must be the application's at the first call. Thread-safe.
 */
public final class EnglishPhonemes implements Phonemes {

    private final MaryFrontEnd mary = new MaryFrontEnd();

    private EnglishPhonemes() {}

    /**
     * Returns American English.
     *
     * @throws IOException if {@code us_gold.json} or {@code us_silver.json} cannot be read
     */
    public static EnglishPhonemes american(DictionaryFiles files) throws IOException {
        return read(files, "us_gold.json", "us_silver.json");
    }

    /**
     * Returns British English.
     *
     * @throws IOException if {@code gb_gold.json} or {@code gb_silver.json} cannot be read
     */
    public static EnglishPhonemes british(DictionaryFiles files) throws IOException {
        return read(files, "gb_gold.json", "gb_silver.json");
    }

    private static EnglishPhonemes read(DictionaryFiles files, String gold, String silver) throws IOException {
        for (String name : new String[] {gold, silver}) {
            try (var in = files.open(name)) {
                in.transferTo(java.io.OutputStream.nullOutputStream());
            }
        }
        return new EnglishPhonemes();
    }

    @Override
    public String of(String text) {
        var symbols = new StringBuilder();
        for (MaryToken token : mary.tokens(text)) {
            if (token.isSign()) {
                symbols.append(token.text());
            } else {
                symbols.append(symbols.isEmpty() ? "" : " ").append(MarySounds.of(token.sounds()));
            }
        }
        return symbols.toString();
    }
}
