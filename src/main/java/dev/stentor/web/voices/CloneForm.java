package dev.stentor.web.voices;

import dev.stentor.audio.RecordedSound;
import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.VoiceRules;
import dev.stentor.speech.voices.CloneOrder;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import dev.stentor.web.edge.SpooledFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.FormPartEvent;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/**
 * A reader of the multipart body of {@code POST /v1/voices} as it arrives: the recording goes into a file, the other fields into
 * memory. Its state is confined to one subscription.
 */
final class CloneForm {

    private static final String AUDIO = "audio";
    private static final List<String> FIELDS = List.of("name", "model", "language", "text");
    private static final int MAX_FIELD_CHARACTERS = 4_000;

    private final SpooledFile file;
    private final Map<String, String> fields = new HashMap<>();
    /** The length of the recording so far, in bytes; null until its first part. */
    private @Nullable Long audioBytes;
    /** The name of the part being read; empty between two parts. */
    private String part = "";

    private CloneForm(SpooledFile file) {
        this.file = file;
    }

    /** Reads the body and checks all fields; fails with a {@link ProblemException} that names the wrong one. */
    static Mono<CloneOrder> read(ServerRequest request, SpooledFile file) {
        return Mono.defer(() -> {
            var form = new CloneForm(file);
            return file.withStallTimeout(HeapParts.of(request))
                    .concatMap(form::take)
                    .then(Mono.defer(form::order));
        });
    }

    private Mono<Void> take(PartEvent event) {
        if (part.isEmpty()) {
            String name = String.valueOf(event.headers().getContentDisposition().getName());
            Optional<ProblemException> wrong = wrong(name, event);
            if (wrong.isPresent()) {
                return Mono.error(wrong.get());
            }
            part = name;
        }
        String name = part;
        part = event.isLast() ? "" : part;
        if (event instanceof FormPartEvent field) {
            fields.put(name, field.value());
            return Mono.empty();
        }
        audioBytes = (audioBytes == null ? 0 : audioBytes) + event.content().readableByteCount();
        return file.append(event.content(), VoiceRules.RECORDING_BYTES)
                .onErrorMap(DataBufferLimitException.class, _ -> tooLarge());
    }

    private Optional<ProblemException> wrong(String name, PartEvent event) {
        if (!name.equals(AUDIO) && !FIELDS.contains(name)) {
            return Optional.of(Problem.invalid(name, "There is no such field here.")
                    .withCode("UnknownField")
                    .exception());
        }
        if (fields.containsKey(name) || (name.equals(AUDIO) && audioBytes != null)) {
            return Optional.of(
                    Problem.invalid(name, "The field is there twice.").exception());
        }
        if (name.equals(AUDIO) != event instanceof FilePartEvent) {
            return Optional.of(Problem.invalid(
                            name, name.equals(AUDIO) ? "The field must be a file." : "The field must not be a file.")
                    .exception());
        }
        if (event instanceof FormPartEvent field && field.value().length() > MAX_FIELD_CHARACTERS) {
            return Optional.of(Problem.invalid(name, "At most " + MAX_FIELD_CHARACTERS + " characters are taken.")
                    .withCode("TooLong")
                    .exception());
        }
        return Optional.empty();
    }

    private Mono<CloneOrder> order() {
        String name = VoiceFields.name(fields.get("name"));
        String model = VoiceFields.model(fields.get("model"), Voice.Kind.CLONED);
        String language = VoiceFields.language(fields.get("language"));
        Long bytes = audioBytes;
        if (bytes == null) {
            throw Problem.invalid(AUDIO, "The recording is missing: send it as a file of this name.")
                    .exception();
        }
        VoiceFields.require(VoiceRules.recordingBytes(AUDIO, bytes));
        return file.read(in -> sound(in, bytes))
                .map(sound -> new CloneOrder(
                        name,
                        model,
                        language,
                        fields.get("text"),
                        new CloneOrder.Recording(sound.container().mediaType(), bytes, file.content())));
    }

    private static RecordedSound sound(InputStream in, long bytes) throws IOException {
        try {
            RecordedSound sound = RecordedSound.read(in, bytes)
                    .orElseThrow(() -> Problem.invalid(AUDIO, "The file is neither WAV nor MP3 nor M4A.")
                            .exception());
            VoiceFields.require(VoiceRules.recording(AUDIO, sound));
            return sound;
        } catch (EOFException _) {
            throw Problem.invalid(AUDIO, "The file is cut off within its head.").exception();
        }
    }

    private static ProblemException tooLarge() {
        return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "BodyTooLarge", "The recording must be smaller than 10 MB.")
                .withField(AUDIO)
                .exception();
    }
}
