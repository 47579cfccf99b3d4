package dev.stentor.speech.dashscope;

import java.nio.ByteBuffer;
import java.util.Base64;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An encoder that writes a stream of bytes in Base64, however the bytes are split into parts. */
final class Base64Stream {

    private static final int GROUP_BYTES = 3;
    private static final int GROUP_CHARACTERS = 4;

    private Base64Stream() {}

    /** Returns the number of Base64 characters for a number of bytes. */
    static long characters(long bytes) {
        return Math.ceilDiv(bytes, GROUP_BYTES) * GROUP_CHARACTERS;
    }

    /**
     * Encodes the content as Base64 in ASCII: one part for each part of the content, and a last one with the rest, which may be
     * empty.
     *
     * @param expected number of bytes that the content must have; the stream fails if there are more or fewer
     */
    static Flux<byte[]> encode(Flux<ByteBuffer> content, long expected) {
        return Flux.defer(() -> {
            var carry = new Carry(expected);
            return content.map(carry::encode).concatWith(Mono.fromSupplier(carry::end));
        });
    }

    /** The bytes that are not encoded yet, fewer than three, and the count so far. Confined to one subscription. */
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
