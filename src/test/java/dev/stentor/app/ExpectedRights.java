package dev.stentor.app;

import java.util.Map;
import java.util.TreeMap;

/** The right that each route needs; {@code any} if any right will do. */
final class ExpectedRights {

    /** The rights of all routes. A new route needs a line here, which is the decision who may use it. */
    private static final String RIGHTS = """
            GET /v1/channels/{channel}/listen listen
            GET /v1/channels/{channel}/audio.wav listen
            HEAD /v1/channels/{channel}/audio.wav listen
            GET /v1/channels/{channel}/audio.ogg listen
            HEAD /v1/channels/{channel}/audio.ogg listen
            GET /v1/channels/{channel}/audio.mp3 listen
            HEAD /v1/channels/{channel}/audio.mp3 listen
            GET /v1/channels/{channel}/events listen
            GET /v1/channels/{channel} listen
            POST /v1/channels/{channel}/utterances speak
            GET /v1/channels/{channel}/utterances speak
            GET /v1/channels/{channel}/utterances/{id} speak
            DELETE /v1/channels/{channel}/utterances/{id} speak
            POST /v1/channels/{channel}/utterances/{id}/resume speak
            POST /v1/channels/{channel}/utterances/{id}/text speak
            POST /v1/channels/{channel}/utterances/{id}/end speak
            POST /v1/channels/{channel}/clear speak
            POST /v1/channels/{channel}/pause speak
            POST /v1/channels/{channel}/resume speak
            POST /v1/audio/speech speak
            ANY /v1/audio/speech speak
            POST /api/v1/services/aigc/multimodal-generation/generation speak
            GET /v1/voices/{voice}/preview speak
            POST /v1/channels/{channel}/control manage
            GET /v1/channels/{channel}/listeners manage
            DELETE /v1/channels/{channel}/listeners/{listener} manage
            PUT /v1/channels/{channel} manage
            DELETE /v1/channels/{channel} manage
            GET /v1/channels/{channel}/mix manage
            PATCH /v1/channels/{channel}/mix manage
            GET /v1/channels/{channel}/sources manage
            GET /v1/channels/{channel}/sources/{name} manage
            PUT /v1/channels/{channel}/sources/{name} manage
            PATCH /v1/channels/{channel}/sources/{name} manage
            DELETE /v1/channels/{channel}/sources/{name} manage
            GET /v1/channels manage
            GET /v1/upstreams manage
            GET /v1/sounds manage
            GET /v1/sounds/{sound} manage
            PUT /v1/sounds/{sound} manage
            DELETE /v1/sounds/{sound} manage
            POST /v1/voices manage
            DELETE /v1/voices/{voice} manage
            POST /api/v1/services/audio/tts/customization manage
            ANY /api/** manage
            ANY /v1/** manage
            GET /v1/audio/{id}.wav manage
            HEAD /v1/audio/{id}.wav manage
            GET /v1/models any
            GET /v1/models/{*model} any
            GET /v1/audio/models any
            GET /v1/audio/voices any
            GET /v1/voices any
            GET /v1/voices/{voice} any
            POST /v1/tickets any
            GET /v1/usage any
            """;

    private ExpectedRights() {}

    /** Returns the rights by routes, as {@link Routes} writes them. */
    static Map<String, String> all() {
        var rights = new TreeMap<String, String>();
        RIGHTS.lines().forEach(line -> {
            int end = line.lastIndexOf(' ');
            rights.put(line.substring(0, end), line.substring(end + 1));
        });
        return rights;
    }
}
