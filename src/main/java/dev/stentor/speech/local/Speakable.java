package dev.stentor.speech.local;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.sentences.SentenceSpeech;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Map;
import java.util.Optional;

/** The rules for texts that the embedded voice can read: English, in Latin letters. The voice skips everything else silently. */
final class Speakable {

    private static final Map<Integer, String> SPELLED = Map.ofEntries(
            Map.entry((int) 'ß', "ss"),
            Map.entry((int) 'æ', "ae"),
            Map.entry((int) 'Æ', "Ae"),
            Map.entry((int) 'œ', "oe"),
            Map.entry((int) 'Œ', "Oe"),
            Map.entry((int) 'ø', "o"),
            Map.entry((int) 'Ø', "O"),
            Map.entry((int) 'ł', "l"),
            Map.entry((int) 'Ł', "L"),
            Map.entry((int) 'đ', "d"),
            Map.entry((int) 'Đ', "D"),
            Map.entry((int) 'ð', "d"),
            Map.entry((int) 'Ð', "D"),
            Map.entry((int) 'þ', "th"),
            Map.entry((int) 'Þ', "Th"),
            Map.entry((int) 'ı', "i"),
            Map.entry((int) '‘', "'"),
            Map.entry((int) '’', "'"),
            Map.entry((int) '“', "\""),
            Map.entry((int) '”', "\""),
            Map.entry((int) '‐', "-"),
            // Else read as "minus".
            Map.entry((int) '–', ", "),
            Map.entry((int) '—', ", "),
            Map.entry((int) '€', "€"),
            Map.entry((int) '£', "£"),
            Map.entry((int) '¥', "¥"));

    private Speakable() {}

    /** Returns the reason why a text cannot be spoken at all; empty if it can. */
    static Optional<SpeechFailure.InvalidInput> refusal(String text) {
        Optional<SpeechFailure.InvalidInput> nothing = SentenceSpeech.nothingToSay(text);
        if (nothing.isPresent()) {
            return nothing;
        }
        if (text.codePoints().anyMatch(Speakable::isForeign)) {
            return refused(
                    "The embedded voice speaks English only, and the text has letters of another script. "
                            + "Set DASHSCOPE_API_KEY to use the cloud voices, or gateway.command to have a local program speak.");
        }
        return Optional.empty();
    }

    /** Returns the text in plain letters, digits and signs: without accents, emoji and control characters. */
    static String of(String text) {
        var plain = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKD)
                .codePoints()
                .forEach(codePoint -> plain.append(plain(codePoint)));
        return plain.toString().replace(" - ", ", ").strip();
    }

    private static boolean isForeign(int codePoint) {
        if (!Character.isLetter(codePoint)) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(codePoint);
        return script != UnicodeScript.LATIN && script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED;
    }

    private static String plain(int codePoint) {
        if (codePoint >= ' ' && codePoint <= '~') {
            return Character.toString(codePoint);
        }
        String spelled = SPELLED.get(codePoint);
        if (spelled != null) {
            return spelled;
        }
        if (Character.isDigit(codePoint)) {
            return Integer.toString(Character.digit(codePoint, 10));
        }
        if (Character.getType(codePoint) == Character.NON_SPACING_MARK) {
            return "";
        }
        boolean latin = Character.isLetter(codePoint) && UnicodeScript.of(codePoint) == UnicodeScript.LATIN;
        return latin ? Character.toString(codePoint) : " ";
    }

    private static Optional<SpeechFailure.InvalidInput> refused(String message) {
        return Optional.of(new SpeechFailure.InvalidInput("text", message));
    }
}
