package dev.stentor.web.dashscope;

import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.VoiceRules;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The service's rules for a request about voices, in both of its forms: that of Qwen-TTS, and that of CosyVoice, which the
 * official clients' own class uses. Undocumented models and actions are left to the service.
 */
final class CustomizationRules {

    static final String CLONING = "qwen-voice-enrollment";
    static final String DESIGN = "qwen-voice-design";
    private static final String COSY_VOICE = "voice-enrollment";
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9]{1,10}");

    private CustomizationRules() {}

    /** Returns the kind of voices that a model of this API makes; null for other models. */
    static Voice.@Nullable Kind kind(@Nullable String model) {
        return CLONING.equals(model) ? Voice.Kind.CLONED : DESIGN.equals(model) ? Voice.Kind.DESIGNED : null;
    }

    /** Checks a request; throws a {@link Rejection} that names the wrong field. */
    static void check(CustomizationRequest request) {
        if (request.model() == null || request.model().isEmpty()) {
            throw new Rejection(Fault.invalid("model is required."));
        }
        present(request, "action");
        switch (request.model()) {
            case CLONING -> cloning(request);
            case DESIGN -> design(request);
            case COSY_VOICE -> cosyVoice(request);
            default -> {} // the service may know more
        }
    }

    private static void cloning(CustomizationRequest request) {
        switch (required(request, "action")) {
            case "create" -> {
                target(request, Voice.Kind.CLONED);
                checked(request, "preferred_name", VoiceRules::name);
                if (request.audioAt() < 0) {
                    throw new Rejection(Fault.invalid("input.audio.data is required."));
                }
            }
            case "list" -> page(request);
            case "delete" -> present(request, "voice");
            default -> {}
        }
    }

    private static void design(CustomizationRequest request) {
        switch (required(request, "action")) {
            case "create" -> {
                target(request, Voice.Kind.DESIGNED);
                checked(request, "preferred_name", VoiceRules::name);
                checked(request, "voice_prompt", VoiceRules::description);
                checked(request, "preview_text", VoiceRules::previewText);
            }
            case "list" -> page(request);
            case "query", "delete" -> present(request, "voice");
            default -> {}
        }
    }

    private static void cosyVoice(CustomizationRequest request) {
        switch (required(request, "action")) {
            case "create_voice" -> {
                present(request, "target_model");
                present(request, "url");
                if (!PREFIX.matcher(required(request, "prefix")).matches()) {
                    throw new Rejection(
                            Fault.invalid("input.prefix: 1 to 10 small letters of the Latin alphabet and digits."));
                }
            }
            case "list_voice" -> page(request);
            case "update_voice" -> {
                present(request, "voice_id");
                present(request, "url");
            }
            case "query_voice", "delete_voice" -> present(request, "voice_id");
            default -> {}
        }
    }

    private static void target(CustomizationRequest request, Voice.Kind kind) {
        checked(request, "target_model", (field, name) -> VoiceRules.model(field, name, kind));
    }

    private static void page(CustomizationRequest request) {
        atLeast(request, "page_index", 0);
        atLeast(request, "page_size", 1);
    }

    private static void atLeast(CustomizationRequest request, String name, long least) {
        request.value(name).filter(value -> !isAtLeast(value, least)).ifPresent(_ -> {
            throw new Rejection(Fault.invalid("input." + name + " must be a number from " + least + " on."));
        });
    }

    private static boolean isAtLeast(String value, long least) {
        return value.matches("[0-9]{1,9}") && Long.parseLong(value) >= least;
    }

    private static void checked(
            CustomizationRequest request, String name, BiFunction<String, String, Optional<InvalidInput>> rule) {
        reject(rule.apply("input." + name, required(request, name)));
    }

    /** Throws a {@link Rejection} if there is an objection. */
    static void reject(Optional<InvalidInput> objection) {
        objection.ifPresent(wrong -> {
            throw new Rejection(Fault.of(wrong));
        });
    }

    private static void present(CustomizationRequest request, String name) {
        var _ = required(request, name);
    }

    private static String required(CustomizationRequest request, String name) {
        return request.value(name).orElseThrow(() -> new Rejection(Fault.invalid("input." + name + " is required.")));
    }
}
