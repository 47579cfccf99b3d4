package dev.stentor.speech.neural;

import java.util.Map;

/** The symbols of English sounds, as other voices spell them: in the International Phonetic Alphabet, two signs for some, and a sign of length. */
final class IpaSounds {

    private static final Map<Character, String> SPELLED = Map.ofEntries(
            Map.entry('A', "eɪ"),
            Map.entry('I', "aɪ"),
            Map.entry('O', "oʊ"),
            Map.entry('Q', "əʊ"),
            Map.entry('W', "aʊ"),
            Map.entry('Y', "ɔɪ"),
            Map.entry('ʧ', "tʃ"),
            Map.entry('ʤ', "dʒ"),
            Map.entry('T', "ɾ"),
            Map.entry('ᵊ', "ə"),
            Map.entry('ɑ', "ɑː"),
            Map.entry('ɔ', "ɔː"),
            Map.entry('—', ","),
            Map.entry('…', "."),
            Map.entry('“', "\""),
            Map.entry('”', "\""));

    /** Vowels that are long where they are stressed. */
    private static final String LONG_IF_STRESSED = "iu";

    private static final String STRESS = "ˈˌ";

    private IpaSounds() {}

    /** Returns symbols of a front end in that alphabet. */
    static String of(String symbols) {
        var spelled = new StringBuilder();
        String rhotic = symbols.replace("ɜɹ", "ɜː").replace("əɹ", "ɚ");
        for (int at = 0; at < rhotic.length(); at++) {
            char symbol = rhotic.charAt(at);
            boolean isStressed = at > 0 && STRESS.indexOf(rhotic.charAt(at - 1)) >= 0;
            spelled.append(SPELLED.getOrDefault(symbol, String.valueOf(symbol)));
            if (isStressed && LONG_IF_STRESSED.indexOf(symbol) >= 0) {
                spelled.append('ː');
            }
        }
        return spelled.toString();
    }
}
