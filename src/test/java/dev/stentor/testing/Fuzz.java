package dev.stentor.testing;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Rounds of a test with random input, each with a seed of its own. The seed is printed with the first round that fails, and can be given
 * again: {@code -Dstentor.fuzz.seed=N} begins there, {@code -Dstentor.fuzz.seconds=N} runs longer than the second of an ordinary build.
 * A fuzzer that chooses the numbers itself runs one round at a time, see {@link #with}.
 */
public final class Fuzz {

    private static final long MOST_BYTES = 256 << 20;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final ScopedValue<RandomGenerator> CHOSEN = ScopedValue.newInstance();

    private Fuzz() {}

    /** A round of a test. */
    @FunctionalInterface
    public interface Round {
        /** Tries one input that is made of these random numbers. */
        void run(RandomGenerator random) throws Exception;
    }

    /** Runs rounds until the time is over. Fails if one fails, or allocates more memory than any input may cost. */
    public static void rounds(Round round) {
        if (CHOSEN.isBound()) {
            run(round, CHOSEN.get());
            return;
        }
        long seed = Long.getLong("stentor.fuzz.seed", 14);
        long end = System.nanoTime()
                + Duration.ofSeconds(Long.getLong("stentor.fuzz.seconds", 1)).toNanos();
        do {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            try {
                round.run(new Random(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("failed with -Dstentor.fuzz.seed=" + seed, e);
            }
            long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            if (allocated > MOST_BYTES) {
                throw new AssertionError(allocated + " bytes were allocated with -Dstentor.fuzz.seed=" + seed);
            }
            seed++;
        } while (System.nanoTime() < end);
    }

    /** Runs a test, whose rounds become a single one with these numbers. */
    public static void with(RandomGenerator random, Runnable test) {
        ScopedValue.where(CHOSEN, random).run(test);
    }

    private static void run(Round round, RandomGenerator random) {
        try {
            round.run(random);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Returns random bytes, up to {@code most} of them. */
    public static byte[] bytes(RandomGenerator random, int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Returns one of the values. */
    @SafeVarargs
    public static <T> T oneOf(RandomGenerator random, T... values) {
        return values[random.nextInt(values.length)];
    }

    /** Returns a copy of a good input with some bytes changed, removed, repeated or put in. */
    public static byte[] damaged(RandomGenerator random, byte[] good) {
        byte[] bytes = good.clone();
        for (int changes = random.nextInt(1, 8); changes > 0 && bytes.length > 0; changes--) {
            int at = random.nextInt(bytes.length);
            int end = Math.min(bytes.length, at + random.nextInt(1, 9));
            bytes = switch (random.nextInt(6)) {
                case 0 -> set(bytes, at, (byte) random.nextInt());
                case 1 -> set(bytes, at, oneOf(random, (byte) 0, (byte) 0xff, (byte) 0x7f, (byte) 0x80));
                case 2 -> Arrays.copyOf(bytes, at);
                case 3 -> joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
                case 4 -> joined(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, bytes.length));
                default ->
                    joined(
                            joined(Arrays.copyOf(bytes, at), bytes(random, 16)),
                            Arrays.copyOfRange(bytes, at, bytes.length));
            };
        }
        return bytes;
    }

    /** Returns the bytes in parts, cut anywhere. */
    public static List<byte[]> parts(RandomGenerator random, byte[] bytes) {
        var parts = new ArrayList<byte[]>();
        int at = 0;
        while (at < bytes.length) {
            int end = Math.min(bytes.length, at + random.nextInt(1, oneOf(random, 3, 50, 5_000)));
            parts.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return parts;
    }

    /** Returns a text of letters, blanks, stops, control characters, surrogates and others, up to {@code most} characters. */
    public static String text(RandomGenerator random, int most) {
        var text = new StringBuilder();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            text.append(oneOf(random, 'a', 'e', 'B', ' ', ' ', '.', ',', '?', '\n', '好', '。', '\u0301', '\u200d', '"')
                    .charValue());
            if (random.nextInt(20) == 0) {
                text.append((char) random.nextInt(0x10000));
            }
            if (random.nextInt(30) == 0) {
                text.appendCodePoint(random.nextInt(0x10000, 0x110000));
            }
        }
        return text.toString();
    }

    private static byte[] set(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }

    private static byte[] joined(byte[] one, byte[] two) {
        byte[] both = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, both, one.length, two.length);
        return both;
    }
}
