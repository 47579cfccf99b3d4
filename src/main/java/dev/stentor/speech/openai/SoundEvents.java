package dev.stentor.speech.openai;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.http.ServerEvent;
import dev.stentor.speech.http.WireFailures;
import java.nio.ByteBuffer;
import java.util.Base64;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.SynchronousSink;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A reader that takes the bytes of the sound out of the events of one answer. The kind of an event is in its data, in the member
 * {@code type}; an event name is not needed. Confined to a subscription.
 */
final class SoundEvents {

    /** OpenAI's end mark in other APIs; some servers end speech with it as well. */
    private static final String SENTINEL = "[DONE]";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Answered answered;
    private final Sinks.Empty<Void> done = Sinks.empty();
    private boolean isDone;

    /** @param answered makes the failure for an error event */
    SoundEvents(Answered answered) {
        this.answered = answered;
    }

    /** A function that makes a failure of an error event. */
    interface Answered {
        SpeechException failed(ServerError error);
    }

    /** Completes when the server has said that the sound is complete. */
    Mono<Void> done() {
        return done.asMono();
    }

    /** Tells whether the server has said that the sound is complete. */
    boolean isDone() {
        return isDone;
    }

    /** Reads one event; emits at most one buffer. Ignores everything after the end. */
    void read(ServerEvent event, SynchronousSink<ByteBuffer> sink) {
        if (isDone) {
            return;
        }
        if (event.data().strip().equals(SENTINEL)) {
            end();
            return;
        }
        JsonNode node = json(event.data());
        String type = node.path("type").isString() ? node.path("type").stringValue() : event.type();
        switch (type) {
            case "speech.audio.delta" -> emit(node.path("audio"), sink);
            case "speech.audio.done" -> end();
            case "speech.audio.error", "error" -> throw answered.failed(ServerError.of(node));
            default -> {
                if (node.has("error")) {
                    throw answered.failed(ServerError.of(node));
                }
            }
        }
    }

    private void end() {
        isDone = true;
        done.tryEmitEmpty().orThrow();
    }

    private static void emit(JsonNode audio, SynchronousSink<ByteBuffer> sink) {
        if (!audio.isString()) {
            throw new SpeechException(WireFailures.malformed("a piece of sound without sound"));
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(audio.stringValue());
            if (bytes.length > 0) {
                sink.next(ByteBuffer.wrap(bytes));
            }
        } catch (IllegalArgumentException broken) {
            throw new SpeechException(WireFailures.malformed("Base64 that cannot be read"), broken);
        }
    }

    private static JsonNode json(String data) {
        try {
            return JSON.readTree(data);
        } catch (JacksonException _) { // not kept as the cause: it quotes what it could not read
            throw new SpeechException(WireFailures.malformed("JSON that cannot be read"));
        }
    }
}
