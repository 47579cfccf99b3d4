package dev.stentor.web.access;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;
import static org.springframework.http.HttpMethod.PUT;

import dev.stentor.access.Action;
import dev.stentor.web.access.RouteRight.Match;
import java.util.List;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The right that each address needs, in one table. What lies below the guarded addresses and is not in the table needs the right to
 * manage everything, so a new route is closed until it gets a line.
 */
final class RouteRights {

    /** The guarded addresses; the page, its scripts and health lie outside. */
    private static final List<PathPattern> GUARDED =
            List.of(pattern("/v1/**"), pattern("/api/**"), pattern("/api-ws/**"), pattern("/actuator/**"));

    private static final PathPattern HEALTH = pattern("/actuator/health/**");
    private static final PathPattern RECORDING = pattern("/v1/audio/{file:.+[.].+}");

    private static final String CHANNEL = "/v1/channels/{channel}";
    private static final String UTTERANCE = CHANNEL + "/utterances/{id}";
    private static final String SOURCE = CHANNEL + "/sources/{name}";

    private static final List<RouteRight> TABLE = List.of(
            RouteRight.of(GET, CHANNEL + "/listen", Action.LISTEN),
            RouteRight.of(GET, CHANNEL + "/audio.wav", Action.LISTEN),
            RouteRight.of(GET, CHANNEL + "/audio.ogg", Action.LISTEN),
            RouteRight.of(GET, CHANNEL + "/audio.mp3", Action.LISTEN),
            RouteRight.of(GET, CHANNEL + "/events", Action.LISTEN),
            RouteRight.of(GET, CHANNEL, Action.LISTEN),
            RouteRight.of(POST, CHANNEL + "/utterances", Action.SPEAK),
            RouteRight.of(GET, CHANNEL + "/utterances", Action.SPEAK),
            RouteRight.of(GET, UTTERANCE, Action.SPEAK),
            RouteRight.of(DELETE, UTTERANCE, Action.SPEAK),
            RouteRight.of(POST, UTTERANCE + "/resume", Action.SPEAK),
            RouteRight.of(POST, UTTERANCE + "/text", Action.SPEAK),
            RouteRight.of(POST, UTTERANCE + "/end", Action.SPEAK),
            RouteRight.of(POST, CHANNEL + "/clear", Action.SPEAK),
            RouteRight.of(POST, CHANNEL + "/pause", Action.SPEAK),
            RouteRight.of(POST, CHANNEL + "/resume", Action.SPEAK),
            RouteRight.of(POST, CHANNEL + "/control", Action.MANAGE),
            RouteRight.of(GET, CHANNEL + "/listeners", Action.MANAGE),
            RouteRight.of(DELETE, CHANNEL + "/listeners/{listener}", Action.MANAGE),
            RouteRight.of(PUT, CHANNEL, Action.MANAGE),
            RouteRight.of(DELETE, CHANNEL, Action.MANAGE),
            RouteRight.of(GET, CHANNEL + "/mix", Action.MANAGE),
            RouteRight.of(PATCH, CHANNEL + "/mix", Action.MANAGE),
            RouteRight.of(GET, CHANNEL + "/sources", Action.MANAGE),
            RouteRight.of(GET, SOURCE, Action.MANAGE),
            RouteRight.of(PUT, SOURCE, Action.MANAGE),
            RouteRight.of(PATCH, SOURCE, Action.MANAGE),
            RouteRight.of(DELETE, SOURCE, Action.MANAGE),
            RouteRight.of(GET, "/v1/channels", Action.MANAGE),
            RouteRight.of(GET, "/v1/upstreams", Action.MANAGE),
            RouteRight.of(GET, "/v1/sounds", Action.MANAGE).forSomeChannel(),
            RouteRight.of(GET, "/v1/sounds/{sound}", Action.MANAGE).forSomeChannel(),
            RouteRight.of(PUT, "/v1/sounds/{sound}", Action.MANAGE),
            RouteRight.of(DELETE, "/v1/sounds/{sound}", Action.MANAGE),
            RouteRight.of(GET, "/v1/models", Action.BROWSE),
            RouteRight.of(GET, "/v1/models/{*model}", Action.BROWSE),
            RouteRight.of(GET, "/v1/audio/models", Action.BROWSE),
            RouteRight.of(GET, "/v1/audio/voices", Action.BROWSE),
            RouteRight.of(GET, "/v1/voices", Action.BROWSE),
            RouteRight.of(GET, "/v1/voices/{voice}", Action.BROWSE),
            RouteRight.of(GET, "/v1/voices/{voice}/preview", Action.SPEAK).withAudit(),
            RouteRight.of(POST, "/v1/voices", Action.MANAGE),
            RouteRight.of(DELETE, "/v1/voices/{voice}", Action.MANAGE),
            RouteRight.of(POST, "/v1/tickets", Action.BROWSE),
            RouteRight.of(GET, "/v1/usage", Action.BROWSE),
            RouteRight.of(null, "/v1/audio/speech", Action.SPEAK),
            RouteRight.of(POST, "/api/v1/services/aigc/multimodal-generation/generation", Action.SPEAK),
            RouteRight.of(POST, "/api/v1/services/audio/tts/customization", Action.MANAGE),
            RouteRight.of(null, "/{*anything}", Action.MANAGE));

    private RouteRights() {}

    /** Tells whether a request to that path needs any right. */
    static boolean isGuarded(PathContainer path) {
        for (PathPattern guarded : GUARDED) {
            if (guarded.matches(path)) {
                return !HEALTH.matches(path);
            }
        }
        return false;
    }

    /** Tells whether the address is that of a recording, or of what lies beside them. */
    static boolean isRecording(PathContainer path) {
        return RECORDING.matches(path);
    }

    /** Returns what a request needs. */
    static Match of(HttpMethod method, PathContainer path) {
        for (RouteRight right : TABLE) {
            Match match = right.match(method, path);
            if (match != null) {
                return match;
            }
        }
        throw new IllegalStateException("the last line matches every address");
    }

    private static PathPattern pattern(String path) {
        return PathPatternParser.defaultInstance.parse(path);
    }
}
