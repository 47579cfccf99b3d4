package dev.stentor.speech.phonemes;

import java.io.IOException;
import java.io.InputStream;

/** The place where the pronouncing dictionaries lie, such as a folder or an archive. */
@FunctionalInterface
public interface DictionaryFiles {

    /**
     * Opens a dictionary by the name that it has in the package misaki, such as {@code us_gold.json}. The caller closes the stream.
     *
     * @throws IOException if it is not there or cannot be read
     */
    InputStream open(String name) throws IOException;
}
