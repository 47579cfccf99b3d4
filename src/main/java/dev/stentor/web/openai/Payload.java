package dev.stentor.web.openai;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The stream of one answer's sound in its container. Its state is confined to one subscription. */
final class Payload {

    private static final byte[] NOTHING = {};

    private final Container container;
    private final Supplier<OptionalLong> total;
    private boolean begun;

    /** @param total number of samples of the whole sound, if it is known; asked for with the first sound or at its end */
    Payload(Container container, Supplier<OptionalLong> total) {
        this.container = container;
        this.total = total;
    }

    /**
     * Returns the sound in pieces. No piece is empty, and the first one comes with the first sound or at its end: until then
     * the answer can still be an error. For each piece requested, one buffer of audio is requested, and more only while the
     * buffers yield no bytes. Fails as the audio does, but only when the next piece is requested, after all sound so far. Can
     * be subscribed to once.
     */
    Flux<byte[]> of(Flux<ByteBuffer> audio) {
        return audio.map(samples -> joined(opening(), container.sound(samples)))
                .concatWith(Mono.fromSupplier(() -> joined(opening(), container.end())))
                .filter(piece -> piece.length > 0)
                .onErrorResume(error -> Mono.just(error).handle((late, pieces) -> pieces.error(late)));
    }

    /** Returns the container's head at the first call, and nothing later. */
    private byte[] opening() {
        if (begun) {
            return NOTHING;
        }
        begun = true;
        return container.head(total.get());
    }

    private static byte[] joined(byte[] head, byte[] body) {
        if (head.length == 0) {
            return body;
        }
        return ByteBuffer.allocate(head.length + body.length)
                .put(head)
                .put(body)
                .array();
    }
}
