package dev.stentor.web.listen;

import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ClearRequest;
import dev.stentor.web.edge.RemoteCommands;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Commands of a listener on a channel that another node has: one that fails here for that reason is sent there.
 *
 * @param commands the way there; null if there are no other nodes
 */
record RemoteSpeech(@Nullable RemoteCommands commands) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Fields of a message that are none of an utterance. */
    private static final List<String> OF_THE_MESSAGE = List.of("t", "ref", "end");

    /** Emits the id of the utterance that a message asks for, wherever the channel is. */
    Mono<String> speak(Mono<String> here, JsonNode message, boolean open) {
        return orThere(here, there -> there.speak(utterance(message, open)));
    }

    /** Appends a piece wherever the channel is. */
    Mono<Void> write(Mono<?> here, String id, String piece) {
        return orThere(here.then(), there -> there.write(id, piece));
    }

    /** Ends a text wherever the channel is. */
    Mono<Void> end(Mono<?> here, String id) {
        return orThere(here.then(), there -> there.end(id));
    }

    /** Clears the channel wherever it is. */
    Mono<Void> clear(Mono<?> here, ClearRequest clear) {
        return orThere(here.then(), there -> there.clear(body(clear)));
    }

    private <T> Mono<T> orThere(Mono<T> here, Function<RemoteCommands, Mono<T>> command) {
        RemoteCommands there = commands;
        return there == null
                ? here
                : here.onErrorResume(
                        ChannelException.class,
                        refused -> isElsewhere(refused, there)
                                .flatMap(is -> is ? command.apply(there) : Mono.error(refused)));
    }

    /** Tells whether another node has the channel. One that is not here, and may not be made here, is looked for. */
    private static Mono<Boolean> isElsewhere(ChannelException refused, RemoteCommands there) {
        return switch (refused.refusal().kind()) {
            case ELSEWHERE -> Mono.just(true);
            case NO_SUCH_CHANNEL, CHANNEL_QUOTA, TOO_MANY_CHANNELS -> there.isElsewhere();
            default -> Mono.just(false);
        };
    }

    private static ObjectNode utterance(JsonNode message, boolean open) {
        ObjectNode body = JSON.createObjectNode();
        message.properties().stream()
                .filter(field -> !OF_THE_MESSAGE.contains(field.getKey()))
                .forEach(field -> body.set(field.getKey(), field.getValue()));
        if (open) {
            body.put("open", true);
        }
        return body;
    }

    private static ObjectNode body(ClearRequest clear) {
        return JSON.createObjectNode()
                .put("drain_ms", clear.drainMillis())
                .put("fade_ms", clear.fadeMillis())
                .put("reason", clear.reason());
    }
}
