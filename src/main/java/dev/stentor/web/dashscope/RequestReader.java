package dev.stentor.web.dashscope;

import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.qwen.ModelTextLimit;
import dev.stentor.speech.qwen.QwenCatalogue;
import dev.stentor.speech.qwen.QwenRules;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The reader of request bodies. Official clients send the same members in different places, so every member but {@code model}
 * may be in {@code input} or in {@code parameters}; {@code input} wins, because the service documents that place. Unknown
 * members are ignored. JSON null, and an empty string for any member but the text, mean that a member is absent. The voice may
 * be absent, although the service requires one; then the engine's default is used.
 */
final class RequestReader {

    private final ModelTextLimit otherwise;
    private final QwenCatalogue catalogue = QwenCatalogue.standard(); // its files are read here, not on an event loop

    /**
     * Creates a reader.
     *
     * @param textCharacters longest text for a model whose limit is not known, in Unicode characters
     */
    RequestReader(int textCharacters) {
        this.otherwise = new ModelTextLimit(textCharacters, ModelTextLimit.Unit.CHARACTERS);
    }

    /** Reads a body; throws a {@link Rejection} that names the wrong member and never quotes the body. */
    SpeechRequest read(byte[] body) {
        JsonNode root = object("The request body", tree(body));
        String model = filled(string("model", root.path("model")))
                .orElseThrow(() -> new Rejection(Fault.invalid("model is required.")));
        var members = new Members(section(root, "input"), section(root, "parameters"));
        return new SpeechRequest(
                text(members, model),
                model,
                filled(members.string("voice")).orElse(null),
                filled(members.string("language_type")).orElse(null),
                filled(members.string("instructions")).orElse(null),
                members.bool("optimize_instructions").orElse(null));
    }

    /** Returns the text, which must fit into one request of the model: clients of this API do not expect it to be split. */
    private String text(Members members, String model) {
        String text = members.string("text").orElseThrow(() -> new Rejection(Fault.invalid("input.text is required.")));
        ModelTextLimit limit = catalogue
                .model(model)
                .flatMap(known -> Optional.ofNullable(known.textLimit()))
                .orElse(otherwise);
        if (text.isEmpty() || !limit.allows(text)) {
            throw new Rejection(Fault.invalid("input.text: " + QwenRules.tooLong(limit, text)));
        }
        return text;
    }

    private static JsonNode tree(byte[] body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JacksonException _) {
            throw new Rejection(Fault.invalid("The request body is not valid JSON."));
        }
    }

    /** Returns a section of the body; an absent one reads as empty. */
    private static JsonNode section(JsonNode root, String name) {
        JsonNode section = root.path(name);
        return section.isMissingNode() || section.isNull() ? Json.MAPPER.createObjectNode() : object(name, section);
    }

    private static JsonNode object(String name, JsonNode node) {
        if (!node.isObject()) {
            throw new Rejection(Fault.invalid(name + " must be a JSON object."));
        }
        return node;
    }

    private static Optional<String> string(String name, JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return Optional.empty();
        }
        if (!node.isString()) {
            throw new Rejection(Fault.invalid(name + " must be a string."));
        }
        return Optional.of(node.stringValue());
    }

    private static Optional<String> filled(Optional<String> value) {
        return value.filter(string -> !string.isEmpty());
    }

    /** The two places where a member may be. */
    private record Members(JsonNode input, JsonNode parameters) {

        Optional<String> string(String name) {
            return RequestReader.string("input." + name, input.path(name))
                    .or(() -> RequestReader.string("parameters." + name, parameters.path(name)));
        }

        Optional<Boolean> bool(String name) {
            return bool("input." + name, input.path(name)).or(() -> bool("parameters." + name, parameters.path(name)));
        }

        private static Optional<Boolean> bool(String name, JsonNode node) {
            if (node.isMissingNode() || node.isNull()) {
                return Optional.empty();
            }
            if (!node.isBoolean()) {
                throw new Rejection(Fault.invalid(name + " must be true or false."));
            }
            return Optional.of(node.booleanValue());
        }
    }
}
