package dev.stentor.speech.openai;

import dev.stentor.audio.PcmFormat;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.http.WireFailures;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content type of an answer.
 *
 * @param events whether the sound comes in server-sent events
 * @param format format of the sound, unless a WAV header gives another one
 */
record AnswerType(boolean events, PcmFormat format) {

    /**
     * Types of sound. L16 is big-endian by its standard, but the servers that write it here mean little-endian, as with all
     * others.
     */
    private static final Set<String> SOUND = Set.of(
            "audio/pcm",
            "audio/x-pcm",
            "audio/l16",
            "audio/raw",
            "audio/x-raw",
            "audio/wav",
            "audio/x-wav",
            "audio/wave",
            "audio/vnd.wave",
            "application/octet-stream",
            "binary/octet-stream",
            "");

    private static final Pattern RATE = parameter("(?:sample_?)?rate");
    private static final Pattern CHANNELS = parameter("channels");

    /**
     * Parses a content type; empty text stands for a missing one.
     *
     * @param rateHz sample rate for a type that gives none
     * @throws SpeechException if the answer is not sound of a kind that we accept
     */
    static AnswerType of(String contentType, int rateHz) {
        String lower = contentType.toLowerCase(Locale.ROOT);
        String essence = lower.split(";", 2)[0].strip();
        boolean events = essence.equals("text/event-stream");
        if (!events && !SOUND.contains(essence)) {
            throw new SpeechException(WireFailures.malformed(
                    "an answer of type " + shown(essence) + ", which is neither PCM, WAV nor an event stream"));
        }
        int rate = number(RATE, lower, rateHz);
        int channels = number(CHANNELS, lower, 1);
        if (rate == 0 || channels == 0) {
            throw new SpeechException(WireFailures.malformed("a content type that makes no sense"));
        }
        return new AnswerType(events, new PcmFormat(rate, channels, Short.SIZE));
    }

    private static int number(Pattern pattern, String text, int otherwise) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Integer.parseInt(matcher.group(1)) : otherwise;
    }

    private static Pattern parameter(String name) {
        return Pattern.compile(";\\s*" + name + "\\s*=\\s*\"?([0-9]{1,6})\"?\\s*(?:;|$)");
    }

    private static String shown(String essence) {
        return essence.length() <= 100 ? essence : essence.substring(0, 100) + "…";
    }
}
