package dev.stentor.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Test sound like speech: a gliding voice with overtones, four syllables a second, with pauses. */
public final class Voiced {

    private static final double RATE = 24_000;

    private Voiced() {}

    public static short[] samples(int count) {
        short[] samples = new short[count];
        double phase = 0;
        for (int i = 0; i < count; i++) {
            double time = i / RATE;
            phase += 2 * Math.PI * (140 + 30 * Math.sin(2 * Math.PI * 0.7 * time)) / RATE;
            double syllable = Math.max(0, Math.sin(2 * Math.PI * 4 * time));
            double voice = 0;
            for (int overtone = 1; overtone <= 20; overtone++) {
                voice += Math.sin(overtone * phase + overtone * overtone) / overtone;
            }
            samples[i] = (short) Math.round(6_000 * syllable * voice);
        }
        return samples;
    }

    public static byte[] bytes(short[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }
}
