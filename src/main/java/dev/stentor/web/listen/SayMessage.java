package dev.stentor.web.listen;

import dev.stentor.channel.ClearRequest;
import dev.stentor.channel.UtteranceRequest;
import dev.stentor.web.edge.SpokenFields;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A message with a text to be spoken, or a piece of one. Fields other than the text and its end count in the first piece only.
 *
 * @param ref the client's name for the text
 * @param end whether no more of the text follows
 */
record SayMessage(
        String ref,
        String text,
        boolean end,
        UtteranceRequest.Mode mode,
        @Nullable String model,
        @Nullable String voice,
        @Nullable String languageType,
        @Nullable String instructions,
        @Nullable Double speed,
        @Nullable Duration expiresIn) {

    private static final int MAX_REF_CHARACTERS = 128;
    private static final int LONGEST_EXPIRY_MILLIS = 86_400_000;

    /** Reads a message; throws {@link BadMessage} with the field that is wrong. */
    static SayMessage read(JsonNode message) {
        return new SayMessage(
                ref(message),
                text(message),
                end(message.path("end")),
                mode(message),
                name(message, "model"),
                name(message, "voice"),
                name(message, "language_type"),
                name(message, "instructions"),
                number(message, "speed"),
                message.has("expires_ms")
                        ? Duration.ofMillis(whole(message, "expires_ms", 1, 1, LONGEST_EXPIRY_MILLIS))
                        : null);
    }

    /** Reads what an interruption asks for; throws {@link BadMessage} with the field that is wrong. */
    static ClearRequest interruption(JsonNode message) {
        return new ClearRequest(
                ClearRequest.Scope.ALL,
                whole(message, "drain_ms", 0, 0, ClearRequest.MAX_MILLIS),
                whole(message, "fade_ms", ClearRequest.DEFAULT_FADE_MILLIS, 0, ClearRequest.MAX_MILLIS),
                "interrupt");
    }

    /** Returns the request to speak this text, which is the first piece or the whole. */
    UtteranceRequest toUtterance(int maxTextCharacters) {
        if (end && text.isBlank()) {
            throw new BadMessage("text", "There is no text to speak.");
        }
        var request =
                SpokenFields.request(text, maxTextCharacters, model, voice, languageType, instructions, null, speed);
        return new UtteranceRequest(request, mode, expiresIn, null, !end);
    }

    private static String ref(JsonNode message) {
        JsonNode ref = message.path("ref");
        if (!ref.isString() || ref.stringValue().isEmpty() || ref.stringValue().length() > MAX_REF_CHARACTERS) {
            throw new BadMessage("ref", "A reference is a text of 1 to " + MAX_REF_CHARACTERS + " characters.");
        }
        return ref.stringValue();
    }

    private static String text(JsonNode message) {
        String text = name(message, "text");
        return text == null ? "" : text;
    }

    private static boolean end(JsonNode end) {
        if (!end.isMissingNode() && !end.isBoolean()) {
            throw new BadMessage("end", "The end is true or false.");
        }
        return end.asBoolean(true);
    }

    private static UtteranceRequest.Mode mode(JsonNode message) {
        String mode = name(message, "mode");
        return mode == null
                ? UtteranceRequest.Mode.ENQUEUE
                : UtteranceRequest.Mode.named(mode)
                        .orElseThrow(() -> new BadMessage("mode", "The mode is enqueue, next or interrupt."));
    }

    private static @Nullable String name(JsonNode message, String field) {
        JsonNode value = message.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw new BadMessage(field, "The value is a text.");
        }
        return value.stringValue();
    }

    private static @Nullable Double number(JsonNode message, String field) {
        JsonNode value = message.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber()) {
            throw new BadMessage(field, "The value is a number.");
        }
        return value.doubleValue();
    }

    private static int whole(JsonNode message, String field, int absent, int least, int most) {
        JsonNode value = message.path(field);
        if (value.isMissingNode()) {
            return absent;
        }
        if (!value.isIntegralNumber()
                || !value.canConvertToInt()
                || value.intValue() < least
                || value.intValue() > most) {
            throw new BadMessage(field, "The value is " + least + " to " + most + ".");
        }
        return value.intValue();
    }
}
