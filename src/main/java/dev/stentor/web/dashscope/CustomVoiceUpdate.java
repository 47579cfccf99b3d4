package dev.stentor.web.dashscope;

import dev.stentor.speech.Voice;
import dev.stentor.speech.voices.CustomVoice;
import dev.stentor.speech.voices.CustomVoices;
import dev.stentor.speech.voices.VoiceStudio;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The update of the known custom voices by an answer that is passed on: a new voice can be used at once, a deleted one no longer.
 */
final class CustomVoiceUpdate {

    private static final int OK = 200;

    private CustomVoiceUpdate() {}

    static void apply(
            CustomizationRequest request, VoiceStudio.Answer answer, CustomVoices voices, VoiceStudio studio) {
        Voice.Kind kind = CustomizationRules.kind(request.model());
        if (answer.status() != OK || kind == null) {
            return;
        }
        switch (request.value("action").orElse("")) {
            case "create" -> {
                String name = voice(answer.body());
                if (name != null) {
                    voices.learn(
                            new CustomVoice(
                                    name,
                                    kind,
                                    request.value("target_model").orElse(""),
                                    request.value("language").orElse(null),
                                    null,
                                    request.value("voice_prompt").orElse(null)),
                            studio);
                }
            }
            case "delete" -> request.value("voice").ifPresent(voices::forget);
            default -> {}
        }
    }

    /** Returns the value of {@code output.voice}, skipping a preview that may be megabytes long; null if there is none. */
    private static @Nullable String voice(ByteBuffer body) {
        try (JsonParser json = Json.MAPPER.createParser(body.array(), body.arrayOffset(), body.limit())) {
            int depth = 0;
            boolean output = false;
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                if (token.isStructStart()) {
                    depth++;
                } else if (token.isStructEnd()) {
                    depth--;
                } else if (token == JsonToken.PROPERTY_NAME && depth == 1) {
                    output = json.currentName().equals("output");
                } else if (token == JsonToken.VALUE_STRING
                        && depth == 2
                        && output
                        && json.currentName().equals("voice")) {
                    return json.getString();
                }
            }
        } catch (JacksonException _) { // the answer goes to the client as it is, even if it is not JSON
        }
        return null;
    }
}
