package dev.stentor.speech.phonemes;

import java.util.List;
import java.util.regex.Pattern;

/** American sounds as British ones, by rules: good enough for names, which no dictionary has. */
final class BritishSounds {

    private record Rule(Pattern american, String british) {

        Rule(String american, String british) {
            this(Pattern.compile(american), british);
        }
    }

    private static final String NO_VOWEL = "(?![ˈˌ]?[AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻ])";

    /** In this order: an r that is not spoken lengthens the vowel before it. */
    private static final List<Rule> RULES = List.of(
            new Rule("ɜɹ", "ɜː"),
            new Rule("ɑɹ" + NO_VOWEL, "ɑː"),
            new Rule("[ɔO]ɹ" + NO_VOWEL, "ɔː"),
            new Rule("ɛɹ" + NO_VOWEL, "ɛː"),
            new Rule("[ɪi]ɹ" + NO_VOWEL, "ɪə"),
            new Rule("ʊɹ" + NO_VOWEL, "ʊə"),
            new Rule("əɹ" + NO_VOWEL, "ə"),
            new Rule("([AIOWY])ɹ" + NO_VOWEL, "$1ə"),
            new Rule("ɑ(?!ː)", "ɒ"),
            new Rule("ɔ(?![ːɪ])", "ɔː"),
            new Rule("O", "Q"),
            new Rule("æ", "a"),
            new Rule("u(?!ː)", "uː"),
            new Rule("(?<=[ˈˌ])i(?!ː)", "iː"),
            new Rule("[ɾT]", "t"),
            new Rule("ᵻ", "ɪ"));

    private BritishSounds() {}

    /** Returns the British symbols of a word in American ones. */
    static String of(String american) {
        String sounds = american;
        for (Rule rule : RULES) {
            sounds = rule.american().matcher(sounds).replaceAll(rule.british());
        }
        return sounds;
    }
}
