package dev.stentor.web.openai;

import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The sound of one answer in its container, piece by piece. Its state is confined to one subscription. */
final class Payload {

    private static final byte[] NOTHING = {};

    private final Container container;
    private boolean begun;

    Payload(Container container) {
        this.container = container;
    }

    /**
     * No piece is empty, and none comes before the first sound or its end: until then the answer can still be an error. The audio
     * is asked for one buffer when a piece is, and for more only while they make none. Fails as the audio does, but only when the
     * next piece is asked for, behind all sound that was made. Can be subscribed to once.
     */
    Flux<byte[]> of(Flux<ByteBuffer> audio) {
        return audio.map(samples -> joined(opening(), container.sound(samples)))
                .concatWith(Mono.fromSupplier(() -> joined(opening(), container.end())))
                .filter(piece -> piece.length > 0)
                .onErrorResume(error -> Mono.just(error).handle((late, pieces) -> pieces.error(late)));
    }

    /** The head, once. */
    private byte[] opening() {
        if (begun) {
            return NOTHING;
        }
        begun = true;
        return container.head();
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
