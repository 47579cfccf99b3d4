package dev.stentor.speech.phonemes;

import java.util.Map;

/** MaryTTS' phonemes in the symbols of the Kokoro voices. */
final class MarySounds {

    private static final Map<String, String> SYMBOLS = Map.ofEntries(
            Map.entry("A", "ɑ"),
            Map.entry("O", "ɔ"),
            Map.entry("{", "æ"),
            Map.entry("V", "ʌ"),
            Map.entry("E", "ɛ"),
            Map.entry("I", "ɪ"),
            Map.entry("U", "ʊ"),
            Map.entry("@", "ə"),
            Map.entry("aU", "W"),
            Map.entry("OI", "Y"),
            Map.entry("@U", "O"),
            Map.entry("EI", "A"),
            Map.entry("AI", "I"),
            Map.entry("tS", "ʧ"),
            Map.entry("dZ", "ʤ"),
            Map.entry("T", "θ"),
            Map.entry("D", "ð"),
            Map.entry("S", "ʃ"),
            Map.entry("Z", "ʒ"),
            Map.entry("N", "ŋ"),
            Map.entry("r", "ɹ"),
            Map.entry("g", "ɡ"));

    private static final String VOWELS = "ɑɔæʌɛɪʊəWYOAIiuɜ";

    private MarySounds() {}

    /** Returns the American symbols of a word; empty if it has no sounds. The mark of stress stands right before the vowel. */
    static String of(String sounds) {
        if (sounds.isBlank()) {
            return "";
        }
        var symbols = new StringBuilder();
        String stress = "";
        for (String sound : sounds.strip().split(" +", -1)) {
            switch (sound) {
                case "'" -> stress = "ˈ";
                case "," -> stress = "ˌ";
                case "-" -> stress = "";
                default -> {
                    String symbol =
                            sound.equals("r=") ? (stress.isEmpty() ? "əɹ" : "ɜɹ") : SYMBOLS.getOrDefault(sound, sound);
                    if (VOWELS.indexOf(symbol.charAt(0)) >= 0) {
                        symbols.append(stress);
                        stress = "";
                    }
                    symbols.append(symbol);
                }
            }
        }
        return symbols.toString();
    }
}
