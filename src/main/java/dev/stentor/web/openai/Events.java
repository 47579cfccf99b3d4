package dev.stentor.web.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.speech.Receipt;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;

/**
 * The answer as server-sent events with {@code data} lines only: one event for each piece of sound, one for the end. Its state is
 * confined to one subscription.
 */
final class Events {

    private boolean begun;

    /**
     * Returns the events. Can be subscribed to once. Fails as the sound does if nothing has been emitted yet; a later failure
     * becomes the last event.
     *
     * @param receipt receipt of the speech, with its billed characters; emitted after the sound
     * @param faults translation of an error for the client
     */
    Flux<byte[]> of(Flux<byte[]> sound, Mono<Receipt> receipt, Function<Throwable, Fault> faults) {
        return sound.handle(this::delta)
                .concatWith(receipt.map(Events::done))
                .onErrorResume(error -> begun ? Mono.just(failure(faults.apply(error))) : Mono.error(error));
    }

    private void delta(byte[] piece, SynchronousSink<byte[]> events) {
        begun = true;
        events.next(
                event(new Json.Delta("speech.audio.delta", Base64.getEncoder().encodeToString(piece))));
    }

    private static byte[] done(Receipt receipt) {
        long characters = receipt.characters();
        return event(new Json.Done("speech.audio.done", new Json.Usage(characters, 0, characters)));
    }

    private static byte[] failure(Fault fault) {
        return event(new Json.FailureEvent("error", Json.Explanation.of(fault)));
    }

    private static byte[] event(Object value) {
        byte[] data = Json.MAPPER.writeValueAsBytes(value);
        return ByteBuffer.allocate(data.length + 8)
                .put("data: ".getBytes(UTF_8))
                .put(data)
                .put((byte) '\n')
                .put((byte) '\n')
                .array();
    }
}
