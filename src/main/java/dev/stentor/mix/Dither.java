package dev.stentor.mix;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * A generator of noise with a triangular distribution, one step of 16-bit sound wide to each side. It makes rounding errors
 * independent of the sound. Confined to one thread.
 */
final class Dither {

    private static final int SIZE = 1 << 16;
    private static final float[] NOISE = noise();

    private final RandomGenerator random;
    private int at;

    /** @param seed equal seeds give equal noise */
    Dither(long seed) {
        random = generator(seed);
    }

    /** Begins another frame: the noise goes on at a random place. */
    void begin() {
        at = random.nextInt(SIZE);
    }

    /** Returns the noise of the next sample, in steps of 16-bit sound. */
    float next() {
        at = (at + 1) & (SIZE - 1);
        return NOISE[at];
    }

    private static float[] noise() {
        var source = generator(0x5EED);
        float[] noise = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            float up = source.nextFloat();
            noise[i] = up - source.nextFloat();
        }
        return noise;
    }

    private static RandomGenerator generator(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
