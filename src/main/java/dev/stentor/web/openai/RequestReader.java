package dev.stentor.web.openai;

import dev.stentor.speech.SpeechRequest;
import dev.stentor.web.openai.RequestedSpeech.Delivery;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The reader of request bodies. Only {@code input} is required: model, voice and format have defaults, although OpenAI requires
 * the first two. Unknown members are ignored. JSON null, and an empty string for any member but the input, mean that a member
 * is absent.
 */
final class RequestReader {

    private static final String UNSUPPORTED = "unsupported_value";

    private final int textCharacters;
    private final OpenAiNames names;
    private final Set<AudioFormat> formats;

    RequestReader(int textCharacters, OpenAiNames names, Set<AudioFormat> formats) {
        this.textCharacters = textCharacters;
        this.names = names;
        this.formats = formats;
    }

    /** Reads a body; throws a {@link Rejection} that names the wrong member and never quotes the input. */
    RequestedSpeech read(byte[] body) {
        var members = new Members(object(body));
        String instructions = members.filled("instructions").orElse(null);
        String languageMember = members.filled("language_type").isPresent() ? "language_type" : "language";
        var speech = new SpeechRequest(
                        input(members),
                        names.model(members.filled("model").orElse(null), instructions != null),
                        names.voice(voice(members)),
                        members.filled(languageMember).orElse(null),
                        instructions,
                        null)
                .atSpeed(speed(members));
        return new RequestedSpeech(speech, format(members), delivery(members), languageMember);
    }

    private static JsonNode object(byte[] body) {
        JsonNode root;
        try {
            root = Json.MAPPER.readTree(body);
        } catch (JacksonException _) {
            throw new Rejection(Fault.of(400, "invalid_json", "The request body is not valid JSON."));
        }
        if (!root.isObject()) {
            throw new Rejection(Fault.of(400, "invalid_json", "The request body must be a JSON object."));
        }
        return root;
    }

    private String input(Members members) {
        String input = members.string("input")
                .orElseThrow(() -> new Rejection(
                        Fault.invalid("input", "missing_required_parameter", "There must be an input to speak.")));
        int length = input.codePointCount(0, input.length());
        if (length > textCharacters) {
            throw new Rejection(Fault.invalid(
                    "input",
                    "string_above_max_length",
                    "The input is " + length + " characters long; at most " + textCharacters + " are taken."));
        }
        return input;
    }

    /** Returns the voice, which is given as a name or as an object with an id; null if it is absent. */
    private static @Nullable String voice(Members members) {
        JsonNode voice = members.root().path("voice");
        return voice.isObject()
                ? new Members(voice).filled("id", "voice").orElse(null)
                : members.filled("voice").orElse(null);
    }

    private AudioFormat format(Members members) {
        String name = members.filled("response_format").orElse(null);
        if (name == null) {
            return AudioFormat.MP3;
        }
        return AudioFormat.named(name, formats)
                .orElseThrow(() -> new Rejection(Fault.invalid(
                        "response_format",
                        UNSUPPORTED,
                        "This gateway cannot make that format. It makes " + AudioFormat.names(formats) + ".")));
    }

    private static Delivery delivery(Members members) {
        return switch (members.filled("stream_format").orElse("audio")) {
            case "audio" -> Delivery.AUDIO;
            case "sse" -> Delivery.SSE;
            default ->
                throw new Rejection(
                        Fault.invalid("stream_format", UNSUPPORTED, "The stream_format must be audio or sse."));
        };
    }

    private static double speed(Members members) {
        JsonNode speed = members.root().path("speed");
        if (speed.isMissingNode() || speed.isNull()) {
            return 1;
        }
        if (!speed.isNumber()) {
            throw new Rejection(Fault.invalid("speed", Members.WRONG_TYPE, "The speed must be a number."));
        }
        double asked = speed.doubleValue();
        SpeechRequest.objectionToSpeed(asked).ifPresent(wrong -> {
            String code = asked > SpeechRequest.FASTEST ? "decimal_above_max_value" : "decimal_below_min_value";
            throw new Rejection(Fault.invalid("speed", code, wrong.message()));
        });
        return asked;
    }

    /** The members of one object. */
    private record Members(JsonNode root) {

        private static final String WRONG_TYPE = "invalid_type";

        Optional<String> string(String name) {
            return string(name, name);
        }

        Optional<String> filled(String name) {
            return filled(name, name);
        }

        /**
         * Returns a string that is not empty.
         *
         * @param param name of the member that an error blames
         */
        Optional<String> filled(String name, String param) {
            return string(name, param).filter(value -> !value.isEmpty());
        }

        private Optional<String> string(String name, String param) {
            JsonNode value = root.path(name);
            if (value.isMissingNode() || value.isNull()) {
                return Optional.empty();
            }
            if (!value.isString()) {
                throw new Rejection(Fault.invalid(param, WRONG_TYPE, "The " + param + " must be a string."));
            }
            return Optional.of(value.stringValue());
        }
    }
}
