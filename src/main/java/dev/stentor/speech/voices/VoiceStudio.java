package dev.stentor.speech.voices;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.Voice;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where voices are made: an account with a cloud service. Everything works when subscribed to, once for each subscriber, and fails
 * with {@link SpeechException} only. Signals come on threads of the adapter. Thread-safe.
 */
public interface VoiceStudio {

    /** Makes a voice from a recording, which is read while it is sent. Takes seconds. */
    Mono<CustomVoice> copy(CloneOrder order);

    /** Makes a voice from a description. Takes tens of seconds. */
    Mono<DesignedVoice> design(DesignOrder order);

    /** The voices of a kind that were made, page by page as demanded, in the service's order. */
    Flux<CustomVoice> voices(Voice.Kind kind);

    /** Gives a voice up; completes when it is gone. */
    Mono<Void> delete(Voice.Kind kind, String name);

    /** Passes a request on in the service's own words, and gives its answer as it came: an error is an answer too. */
    Mono<Answer> pass(Body body);

    /**
     * A request's body, a JSON object.
     *
     * @param bytes how many there are
     * @param content all of them, read as demanded; buffers are not pooled
     */
    record Body(long bytes, Flux<ByteBuffer> content) {}

    /**
     * What the service answered.
     *
     * @param status an HTTP status
     * @param contentType of the body; null if there was none
     * @param requestId the service's own; null if it gave none
     * @param body bounded; not to be written to
     */
    record Answer(
            int status,
            @Nullable String contentType,
            @Nullable String requestId,
            ByteBuffer body) {}
}
