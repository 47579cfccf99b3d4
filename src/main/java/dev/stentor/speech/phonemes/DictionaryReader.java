package dev.stentor.speech.phonemes;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * A reader of misaki's dictionaries: an object of words, each with its sounds, or with an object of sounds by part of speech. The latter
 * becomes {@code tag:sounds|tag:sounds}; a tag without sounds means that the word is spelled.
 */
final class DictionaryReader {

    /** Keeps no table of the words, as it else would for the names of an object: there are 90,000. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .build();

    private DictionaryReader() {}

    /**
     * Reads a whole dictionary; closes it.
     *
     * @throws IOException if it is not there, is cut off, or has another form
     */
    static WordStore read(DictionaryFiles files, String name) throws IOException {
        var words = new HashMap<String, String>();
        try (InputStream in = files.open(name);
                JsonParser parser = JSON.createParser(ObjectReadContext.empty(), in)) {
            expect(parser.nextToken() == JsonToken.START_OBJECT, name);
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                words.put(parser.currentName(), meaning(parser, name));
            }
            expect(parser.currentToken() == JsonToken.END_OBJECT && !words.isEmpty(), name);
        } catch (JacksonException e) {
            throw new IOException(name + " is no dictionary.", e);
        }
        return new WordStore(Map.copyOf(words));
    }

    private static String meaning(JsonParser parser, String name) throws IOException {
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
            return parser.getString();
        }
        expect(parser.currentToken() == JsonToken.START_OBJECT, name);
        var byTag = new StringBuilder();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            byTag.append(byTag.isEmpty() ? "" : "|")
                    .append(parser.currentName())
                    .append(':');
            byTag.append(parser.nextToken() == JsonToken.VALUE_NULL ? "" : parser.getString());
        }
        return byTag.toString();
    }

    private static void expect(boolean holds, String name) throws IOException {
        if (!holds) {
            throw new IOException(name + " is no dictionary.");
        }
    }
}
