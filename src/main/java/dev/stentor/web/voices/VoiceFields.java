package dev.stentor.web.voices;

import dev.stentor.speech.Language;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.Model;
import dev.stentor.speech.qwen.QwenCatalogue;
import dev.stentor.speech.qwen.VoiceRules;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The checks of fields that cloning and designing share. Each method throws a {@link ProblemException} with the wrong field. */
final class VoiceFields {

    private VoiceFields() {}

    static String name(@Nullable String name) {
        String given = required("name", name);
        require(VoiceRules.name("name", given));
        return given;
    }

    /**
     * Returns the model that will speak in the voice; by default the one that works over HTTP, because this gateway cannot use
     * the others.
     */
    static String model(@Nullable String name, Voice.Kind kind) {
        String usable = QwenCatalogue.standard()
                .modelFor(kind)
                .map(Model::name)
                .orElseThrow(() -> new IllegalStateException("the catalogue has no model for voices of kind " + kind));
        if (name == null || name.isEmpty()) {
            return usable;
        }
        require(VoiceRules.model("model", name, kind));
        boolean realtime = QwenCatalogue.standard()
                .model(name)
                .filter(model -> model.transport() == Model.Transport.REALTIME)
                .isPresent();
        if (realtime) {
            throw Problem.invalid(
                            "model",
                            "This gateway does not speak with " + name
                                    + ", and a voice is good for one model only; take " + usable + ".")
                    .exception();
        }
        return name;
    }

    /** Returns the code of a language; null if no language was given. */
    static @Nullable String language(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        return Language.of(name)
                .map(Language::code)
                .orElseThrow(() -> Problem.invalid(
                                "language",
                                "The value must be one of "
                                        + Arrays.stream(Language.values())
                                                .map(Language::code)
                                                .collect(Collectors.joining(", "))
                                        + ".")
                        .exception());
    }

    static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw Problem.invalid(field, "The field is required.").exception();
        }
        return value;
    }

    static void require(Optional<InvalidInput> objection) {
        objection.ifPresent(wrong -> {
            throw Problem.invalid(wrong.field(), wrong.message()).exception();
        });
    }
}
