package dev.stentor.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Generators of test sound, 16-bit little-endian. */
public final class Signals {

    private Signals() {}

    /**
     * Returns samples that tell their own index: sample {@code n} is {@code n * 7919 mod 65536 - 32768}. The map is invertible,
     * so one recorded sample tells its own index modulo 65,536.
     */
    public static byte[] selfIndexing(int samples) {
        return selfIndexing(0, samples);
    }

    /** Returns such samples from sample {@code from} on. */
    public static byte[] selfIndexing(long from, int samples) {
        ByteBuffer bytes = ByteBuffer.allocate(samples * 2).order(ByteOrder.LITTLE_ENDIAN);
        for (long n = from; n < from + samples; n++) {
            bytes.putShort((short) (Math.floorMod(n * 7919, 65_536L) - 32_768));
        }
        return bytes.array();
    }

    /** Cuts bytes into read-only buffers of at most {@code chunkBytes}. */
    public static List<ByteBuffer> chunks(byte[] bytes, int chunkBytes) {
        List<ByteBuffer> chunks = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += chunkBytes) {
            int length = Math.min(chunkBytes, bytes.length - from);
            chunks.add(ByteBuffer.wrap(bytes, from, length).slice().asReadOnlyBuffer());
        }
        return List.copyOf(chunks);
    }
}
