package dev.stentor.speech.qwen;

import dev.stentor.audio.RecordedSound;
import dev.stentor.audio.SpeechTime;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.Voice;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules of the service for a request to make a voice, checked before anything is sent. Each rule takes the name that its field
 * has in the API, and returns the objection; empty means that the value is allowed.
 */
public final class VoiceRules {

    /** Largest recording, in bytes; the service takes less than 10 MB. */
    public static final int RECORDING_BYTES = 10_000_000 - 1;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]{1,16}");
    private static final int DESCRIPTION_CHARACTERS = 2_048;
    private static final int PREVIEW_CHARACTERS = 1_024;
    private static final int LOWEST_RATE_HZ = SpeechTime.SAMPLES_PER_SECOND;
    private static final int BITS = 16;
    private static final Duration SHORTEST = Duration.ofSeconds(3);
    /** Longest recording: a minute, and the little that encoders add. */
    private static final Duration LONGEST = Duration.ofMillis(60_500);

    private VoiceRules() {}

    /** Checks a name: the service makes the voice's full name from it. */
    public static Optional<InvalidInput> name(String field, String name) {
        return refuse(
                !NAME.matcher(name).matches(), field, "1 to 16 letters of the Latin alphabet, digits and underscores.");
    }

    /** Checks that a model speaks in voices of this kind; a model that the catalogue does not know passes. */
    public static Optional<InvalidInput> model(String field, String name, Voice.Kind kind) {
        return QwenCatalogue.standard()
                .model(name)
                .filter(model -> !model.voices().contains(kind))
                .map(model -> new InvalidInput(
                        field,
                        "The model " + name + " does not speak in "
                                + (kind == Voice.Kind.CLONED ? "cloned" : "designed")
                                + " voices; "
                                + QwenCatalogue.standard()
                                        .modelFor(kind)
                                        .map(Model::name)
                                        .orElse("another") + " does."));
    }

    /** Checks the description of a voice. */
    public static Optional<InvalidInput> description(String field, String text) {
        return text(field, text, DESCRIPTION_CHARACTERS);
    }

    /** Checks the preview text of a designed voice. */
    public static Optional<InvalidInput> previewText(String field, String text) {
        return text(field, text, PREVIEW_CHARACTERS);
    }

    /** Checks the size of a recording. */
    public static Optional<InvalidInput> recordingBytes(String field, long bytes) {
        return bytes == 0
                ? refuse(true, field, "The recording is empty.")
                : refuse(bytes > RECORDING_BYTES, field, "The recording must be smaller than 10 MB.");
    }

    /** Checks the properties that a recording states; a property that it does not state is left to the service. */
    public static Optional<InvalidInput> recording(String field, RecordedSound sound) {
        boolean wav = sound.container() == RecordedSound.Container.WAV;
        return refuse(wav && sound.bitsPerSample() != BITS, field, "A WAV file must hold 16-bit PCM.")
                .or(() -> refuse(wav && sound.channels() != 1, field, "The recording must be mono."))
                .or(() -> refuse(
                        sound.knowsRate() && sound.sampleRateHz() < LOWEST_RATE_HZ,
                        field,
                        "The recording has " + sound.sampleRateHz() + " samples a second; at least " + LOWEST_RATE_HZ
                                + " are needed."))
                .or(() -> duration(field, sound.duration().orElse(SHORTEST)));
    }

    private static Optional<InvalidInput> duration(String field, Duration duration) {
        boolean right = duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0;
        return refuse(
                !right,
                field,
                "The recording lasts " + duration.toMillis() + " ms; 3 to 60 s are taken, 10 to 20 s are best.");
    }

    private static Optional<InvalidInput> text(String field, String text, int most) {
        int length = text.codePointCount(0, text.length());
        return text.isBlank()
                ? refuse(true, field, "The text is empty.")
                : refuse(
                        length > most,
                        field,
                        "The text has " + length + " characters; at most " + most + " are taken.");
    }

    private static Optional<InvalidInput> refuse(boolean wrong, String field, String message) {
        return wrong ? Optional.of(new InvalidInput(field, message)) : Optional.empty();
    }
}
