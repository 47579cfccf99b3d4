package dev.stentor.codec;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The output of Concentus' own decoder at 24 kHz, and its distance from the input. */
public final class Decoding {

    private Decoding() {}

    /** Returns the sound of one packet: 16 bits, little-endian. */
    public static byte[] of(OpusDecoder decoder, byte[] packet) throws OpusException {
        byte[] sound = new byte[2 * 480 * Short.BYTES];
        int samples = decoder.decode(packet, 0, packet.length, sound, 0, 960, false);
        return Arrays.copyOf(sound, samples * Short.BYTES);
    }

    public static short[] samples(byte[] sound) {
        short[] samples = new short[sound.length / Short.BYTES];
        ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }

    /** Returns the signal-to-noise ratio in decibels; high if both are alike sample by sample. */
    public static double signalToNoise(short[] wanted, short[] heard) {
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < wanted.length; i++) {
            signal += (double) wanted[i] * wanted[i];
            noise += Math.pow(wanted[i] - heard[i], 2);
        }
        return 10 * Math.log10(signal / noise);
    }
}
