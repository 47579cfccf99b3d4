package dev.stentor.speech.dashscope;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.Voice;
import dev.stentor.speech.http.WireFailures;
import dev.stentor.speech.voices.CustomVoice;
import dev.stentor.speech.voices.DesignedVoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service's answer to a request about voices. */
final class CustomizationAnswer {

    private static final int LONGEST_STRING = 32 << 20;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_STRING)
                            .build())
                    .build())
            .build();

    private final JsonNode output;

    private CustomizationAnswer(JsonNode output) {
        this.output = output;
    }

    /** Parses an answer; throws a {@link SpeechException} if it is not a JSON object. */
    static CustomizationAnswer parse(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            if (root.isObject()) {
                return new CustomizationAnswer(root.path("output"));
            }
        } catch (JacksonException _) { // reported below
        }
        throw malformed("an answer that is no JSON object");
    }

    /** Returns the voice that was made. */
    CustomVoice created(Voice.Kind kind, String targetModel, @Nullable String language, @Nullable String description) {
        String name = text(output, "voice");
        if (name == null) {
            throw malformed("an answer that does not name the new voice");
        }
        String model = text(output, "target_model");
        return new CustomVoice(
                name, kind, model == null ? targetModel : model, language, text(output, "gmt_create"), description);
    }

    /** Returns the sample of a designed voice's sound; null if the answer has none. */
    DesignedVoice.@Nullable Preview preview() {
        JsonNode preview = output.path("preview_audio");
        String data = text(preview, "data");
        String format = text(preview, "response_format");
        return data == null ? null : new DesignedVoice.Preview(data, format == null ? "wav" : format);
    }

    /** Returns the page that follows {@code before}. */
    VoicePage page(Voice.Kind kind, VoicePage before) {
        List<CustomVoice> voices = new ArrayList<>();
        for (JsonNode entry : output.path("voice_list")) {
            String name = text(entry, "voice");
            if (name == null) {
                throw malformed("a list with a voice without a name");
            }
            String model = text(entry, "target_model");
            voices.add(new CustomVoice(
                    name,
                    kind,
                    model == null ? "" : model,
                    text(entry, "language"),
                    text(entry, "gmt_create"),
                    text(entry, "voice_prompt")));
        }
        JsonNode total = output.path("total_count");
        return before.next(List.copyOf(voices), total.isNumber() ? total.asLong() : VoicePage.UNKNOWN);
    }

    private static @Nullable String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : null;
    }

    private static SpeechException malformed(String what) {
        return new SpeechException(WireFailures.malformed(what));
    }
}
