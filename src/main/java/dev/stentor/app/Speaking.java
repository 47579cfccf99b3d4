package dev.stentor.app;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.reading.LongText;
import java.util.stream.Collectors;

/**
 * What the APIs speak with: the engine, recorded.
 *
 * @param oneRequest takes what the engine takes in one request
 * @param wholeTexts takes texts of any length
 */
record Speaking(SpeechEngine oneRequest, LongText wholeTexts) {

    /** The parts of a long text are kept and shared like any request; the whole is kept besides. */
    static Speaking of(GatewayProperties properties, Engine engine, Archiving archiving) {
        SpeechEngine oneRequest = archiving.over(engine.speech(), origin(properties, engine));
        return new Speaking(
                oneRequest, new LongText(oneRequest, engine.limits(), LongText.AHEAD, archiving.recorder(oneRequest)));
    }

    /** Whose sound it is: sound that was kept before something of this was changed will not do. */
    private static String origin(GatewayProperties properties, Engine engine) {
        String upstreams = properties.upstreams().stream()
                .map(upstream -> upstream.baseUrl() + " " + upstream.workspace() + " " + upstream.openai())
                .collect(Collectors.joining(" "));
        return engine.description() + properties.command().origin() + upstreams;
    }
}
