package dev.stentor.speech.dashscope;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.speech.SpeechRequest;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request, in the form of programs without an SDK: all parameters are in {@code input}, and unset ones are left
 * out.
 */
record GenerationRequest(
        @JsonProperty String model, @JsonProperty Input input) {

    static GenerationRequest of(SpeechRequest request, DashScopeSettings settings) {
        String model = request.model() == null ? settings.defaultModel() : request.model();
        String voice = request.voice() == null ? settings.defaultVoice() : request.voice();
        return new GenerationRequest(
                model,
                new Input(
                        request.text(),
                        voice,
                        request.languageType(),
                        request.instructions(),
                        request.optimizeInstructions()));
    }

    /** Returns the model only, because the input holds the user's text. */
    @Override
    public String toString() {
        return "GenerationRequest[model=" + model + "]";
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Input(
            @JsonProperty String text,
            @JsonProperty String voice,
            @JsonProperty("language_type") @Nullable String languageType,
            @JsonProperty @Nullable String instructions,
            @JsonProperty("optimize_instructions") @Nullable Boolean optimizeInstructions) {

        @Override
        public String toString() {
            return "Input[voice=" + voice + "]";
        }
    }
}
