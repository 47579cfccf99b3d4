package dev.stentor.app;

import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.Model;
import dev.stentor.web.catalogue.EngineFacts;
import java.util.List;

/**
 * What an engine offers.
 *
 * @param facts what speaks, for the API
 * @param voices voices that it has, the default first
 * @param models models that it has, the default first
 */
record Offer(EngineFacts facts, List<Voice> voices, List<Model> models) {

    Offer {
        voices = List.copyOf(voices);
        models = List.copyOf(models);
    }
}
