package dev.stentor.mix;

import dev.stentor.audio.SpeechTime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** A mixer under test, and signals for it. */
final class Desk {

    static final int FRAME = SpeechTime.FRAME_SAMPLES;
    static final int DELAY = Mixer.DELAY_SAMPLES;

    final Mixer mixer;
    private final ByteBuffer bytes = ByteBuffer.allocate(2 * FRAME).order(ByteOrder.LITTLE_ENDIAN);
    boolean speech;

    Desk() {
        this(15, 1);
    }

    Desk(int historyFrames, long seed) {
        mixer = new Mixer(historyFrames, seed);
    }

    /** Renders frames and returns their samples as 16-bit steps. */
    int[] frames(int count) {
        int[] out = new int[count * FRAME];
        for (int f = 0; f < count; f++) {
            mixer.mix(speech, bytes.clear());
            bytes.flip();
            for (int i = 0; i < FRAME; i++) {
                out[f * FRAME + i] = bytes.getShort();
            }
        }
        return out;
    }

    static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** Returns random 16-bit samples of the full range, both ends included. */
    static float[] noise(long seed, int count) {
        RandomGenerator random = random(seed);
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = random.nextInt(-32_768, 32_768) / 32_768f;
        }
        samples[count / 2] = -1;
        samples[count / 3] = 32_767 / 32_768f;
        return samples;
    }

    static float[] sine(double hertz, double size, int count) {
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (float) (size * Math.sin(2 * Math.PI * hertz * i / 24_000));
        }
        return samples;
    }

    static float[] scaled(float[] samples, double factor) {
        float[] out = samples.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] *= (float) factor;
        }
        return out;
    }

    static float[] level(double level, int count) {
        float[] samples = new float[count];
        Arrays.fill(samples, (float) level);
        return samples;
    }

    /** Returns an input that gives 16-bit samples unchanged, then silence. */
    static Input exact(float[] samples) {
        return new Input() {
            private int at;

            @Override
            public Given read(float[] frame) {
                Arrays.fill(frame, 0);
                int count = Math.min(frame.length, samples.length - at);
                System.arraycopy(samples, at, frame, 0, count);
                at += count;
                return count == 0 ? Given.SILENCE : Given.EXACT;
            }
        };
    }

    /** Returns the largest step between two samples, as a part of full scale. */
    static double largestStep(int[] samples, int from, int to) {
        int largest = 0;
        for (int i = Math.max(1, from); i < to; i++) {
            largest = Math.max(largest, Math.abs(samples[i] - samples[i - 1]));
        }
        return largest / 32_768.0;
    }

    static int largest(int[] samples) {
        return Arrays.stream(samples).map(Math::abs).max().orElse(0);
    }

    static double rmsDb(int[] samples, int from, int to) {
        double squares = 0;
        for (int i = from; i < to; i++) {
            squares += (double) samples[i] * samples[i];
        }
        return 10 * Math.log10(squares / (to - from) / (32_768.0 * 32_768));
    }
}
