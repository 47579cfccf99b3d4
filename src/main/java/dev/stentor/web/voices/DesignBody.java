package dev.stentor.web.voices;

import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.VoiceRules;
import dev.stentor.speech.voices.DesignOrder;
import org.jspecify.annotations.Nullable;

/** The JSON body of {@code POST /v1/voices}. Null means that a field was not given. */
record DesignBody(
        @Nullable String description,
        @Nullable String previewText,
        @Nullable String name,
        @Nullable String language,
        @Nullable String model) {

    /** What is to be made; throws {@link dev.stentor.web.edge.ProblemException} with the field that is wrong. */
    DesignOrder order() {
        String wanted = OrderFields.required("description", description);
        OrderFields.require(VoiceRules.description("description", wanted));
        String spoken = OrderFields.required("preview_text", previewText);
        OrderFields.require(VoiceRules.previewText("preview_text", spoken));
        return new DesignOrder(
                OrderFields.name(name),
                OrderFields.model(model, Voice.Kind.DESIGNED),
                wanted,
                spoken,
                OrderFields.language(language));
    }
}
