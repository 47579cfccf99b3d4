package dev.stentor.audio;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Cuts bytes at random places: into single bytes, into pairs, into large parts, with empty ones between. */
final class Splits {

    private Splits() {}

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    static byte[] bytes(RandomGenerator random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    static List<ByteBuffer> anywhere(RandomGenerator random, byte[] bytes) {
        List<ByteBuffer> parts = new ArrayList<>();
        int largest = 1 + random.nextInt(1, 50);
        for (int from = 0; from < bytes.length; ) {
            int length = Math.min(random.nextInt(0, largest + 1), bytes.length - from);
            ByteBuffer part = ByteBuffer.wrap(bytes, from, length);
            parts.add(random.nextInt(4) == 0 ? outsideTheHeap(part) : part);
            from += length;
        }
        return parts;
    }

    private static ByteBuffer outsideTheHeap(ByteBuffer part) {
        return ByteBuffer.allocateDirect(part.remaining()).put(part).flip();
    }
}
