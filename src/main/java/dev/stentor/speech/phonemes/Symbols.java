package dev.stentor.speech.phonemes;

/** The symbols of English sounds, and the marks of stress among them. */
final class Symbols {

    static final String PRIMARY = "ˈ";
    static final String SECONDARY = "ˌ";

    private static final String VOWELS = "AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻ";
    private static final String CONSONANTS = "bdfhjklmnpstvwzðŋɡɹɾʃʒʤʧθ";

    private Symbols() {}

    static boolean isVowel(int symbol) {
        return VOWELS.indexOf(symbol) >= 0;
    }

    static boolean isConsonant(int symbol) {
        return CONSONANTS.indexOf(symbol) >= 0;
    }

    static boolean isStressed(String sounds) {
        return sounds.contains(PRIMARY) || sounds.contains(SECONDARY);
    }

    /** Returns the sounds with a mark of stress before the first vowel, unless they have one already or have no vowel. */
    static String stressed(String sounds, String mark) {
        if (isStressed(sounds)) {
            return sounds;
        }
        for (int at = 0; at < sounds.length(); at++) {
            if (isVowel(sounds.charAt(at))) {
                return sounds.substring(0, at) + mark + sounds.substring(at);
            }
        }
        return sounds;
    }

    /** Returns the sounds of a word that is emphasised: its strongest syllable gets the main stress. */
    static String emphasised(String sounds) {
        if (sounds.contains(PRIMARY)) {
            return sounds;
        }
        return isStressed(sounds) ? sounds.replaceFirst(SECONDARY, PRIMARY) : stressed(sounds, PRIMARY);
    }

    /** Returns the sounds of a word that is no more than a part of another: its main stress becomes a weaker one. */
    static String subdued(String sounds) {
        return sounds.contains(PRIMARY) ? sounds.replace(SECONDARY, "").replace(PRIMARY, SECONDARY) : sounds;
    }
}
