package dev.stentor.speech.phonemes;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Dictionaries of a few words, in the form of misaki's. */
final class TinyDictionaries {

    static final Map<String, String> FILES =
            Map.of("us_gold.json", """
            {"a": "A", "apple": "ˈæpᵊl", "and": "ænd", "bake": "bˈAk", "carry": "kˈæɹi", "house": "hˈWs", "box": "bˈɑks",
             "stop": "stˈɑp", "wait": "wˈAt", "need": "nˈid", "panic": "pˈænɪk", "don't": "dˈOnt", "it": "ɪt", "is": "ɪz", "this": {"DEFAULT": "ðɪs", "None": "ðˈɪs"},
             "dog": "dˈɔɡ", "January": "ʤˈænjuˌɛɹi", "city": "sˈɪɾi", "button": "bˈʌʔᵊn", "US": {"DEFAULT": "ˌʌs", "NOUN": null},
             "NASA": "nˈæsə", "A": "ˈA", "P": "pˈi", "I": "ˈI", "S": "ˈɛs", "U": "jˈu", "hub": "hˈʌb", "git": "ɡˈɪt", "work": "wˈɜɹk",
             "used": {"DEFAULT": "jˈuzd", "VBD": "jˈust"}, "to": "tu", "in": "ɪn", "record": {"DEFAULT": "ɹˈɛkəɹd", "VERB": "ɹəkˈɔɹd"}}""", "us_silver.json", """
            {"park": "pˈɑɹk", "dog": "never asked"}""", "gb_gold.json", """
            {"dog": "dˈɒɡ", "house": "hˈWs", "wait": "wˈAt", "store": "stˈɔː", "city": "sˈɪti", "and": "and"}""", "gb_silver.json", """
            {"park": "pˈɑːk"}""");

    private TinyDictionaries() {}

    static InputStream open(String name) throws FileNotFoundException {
        String text = FILES.get(name);
        if (text == null) {
            throw new FileNotFoundException(name);
        }
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
