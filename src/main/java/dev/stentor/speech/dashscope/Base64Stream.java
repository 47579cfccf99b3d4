package dev.stentor.speech.dashscope;

import java.nio.ByteBuffer;
import java.util.Base64;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Writes bytes in Base64 as they come, whatever their parts. */
final class Base64Stream {

    private static final int GROUP_BYTES = 3;
    private static final int GROUP_CHARACTERS = 4;

    private Base64Stream() {}

    /** How many characters so many bytes become. */
    static long characters(long bytes) {
        return Math.ceilDiv(bytes, GROUP_BYTES) * GROUP_CHARACTERS;
    }

    /**
     * The bytes in Base64, as ASCII; as many parts as there were, and one more if something is left.
     *
     * @param expected how many bytes there must be; the stream fails if there are more or fewer
     */
    static Flux<byte[]> encode(Flux<ByteBuffer> content, long expected) {
        return Flux.defer(() -> {
            var carry = new Carry(expected);
            return content.map(carry::encode).concatWith(Mono.fromSupplier(carry::end));
        });
    }

    /** What was left over of the last part. Confined to one subscription. */
    private static final class Carry {

        private final long expected;
        private long bytes;
        private ByteBuffer rest = ByteBuffer.allocate(0);

        Carry(long expected) {
            this.expected = expected;
        }

        byte[] encode(ByteBuffer part) {
            bytes += part.remaining();
            if (bytes > expected) {
                throw wrong();
            }
            ByteBuffer all = ByteBuffer.allocate(rest.remaining() + part.remaining())
                    .put(rest)
                    .put(part.duplicate())
                    .flip();
            int whole = all.remaining() - all.remaining() % GROUP_BYTES;
            rest = all.slice(whole, all.remaining() - whole);
            return encoded(all.slice(0, whole));
        }

        byte[] end() {
            if (bytes != expected) {
                throw wrong();
            }
            return encoded(rest);
        }

        private static byte[] encoded(ByteBuffer bytes) {
            ByteBuffer text = Base64.getEncoder().encode(bytes);
            byte[] characters = new byte[text.remaining()];
            text.get(characters);
            return characters;
        }

        private IllegalStateException wrong() {
            return new IllegalStateException("a recording of " + expected + " bytes had another length");
        }
    }
}
