package dev.stentor.speech.neural;

import dev.stentor.audio.SpeechTime;
import dev.stentor.mix.Limiter;
import java.util.Arrays;

/**
 * The sound of one sentence, put together of what the graph gave: without the silence around it, joined without clicks, as loud as the
 * other voices, and never louder than 16 bits can hold. Confined to one thread.
 */
final class SpokenSound {

    /** Level below which sound counts as silence; full scale is 1. */
    private static final float SILENCE = 0.01f;

    /** Sound that is left before the first and behind the last loud sample: soft consonants. */
    private static final int MARGIN = (int) SpeechTime.samples(25);

    /** Length over which an edge is faded. */
    private static final int FADE = (int) SpeechTime.samples(5);

    /** Gain of 2 dB: the voice is softer than the others by as much. */
    private static final float GAIN = 1.2589f;

    /** Largest sample, -0.3 dB of full scale. */
    private static final float CEILING = 0.966f;

    private static final int INITIAL_SECONDS = 8;

    private float[] samples = new float[INITIAL_SECONDS * SpeechTime.SAMPLES_PER_SECOND];
    private int count;

    /**
     * The place of sound that was added.
     *
     * @param from number of all samples before it
     * @param to number of all samples with it
     * @param trimmed number of its samples that were left out at its beginning
     */
    record Added(int from, int to, int trimmed) {

        /** Returns where a sample of the sound as it was given is now; the nearest place if it was left out. */
        long placeOf(long sample) {
            return Math.clamp(from + sample - trimmed, from, to);
        }
    }

    /** Adds sound behind what is there, without its silence, and returns where it is. */
    Added add(float[] sound) {
        int from = 0;
        int to = sound.length;
        while (from < to && Math.abs(sound[from]) < SILENCE) {
            from++;
        }
        while (to > from && Math.abs(sound[to - 1]) < SILENCE) {
            to--;
        }
        if (from == to) {
            return new Added(count, count, 0);
        }
        from = Math.max(0, from - MARGIN);
        to = Math.min(sound.length, to + MARGIN);
        reserve(to - from);
        int begin = count;
        int fade = Math.min(FADE, (to - from) / 2);
        for (int n = from; n < to; n++) {
            int edge = Math.min(n - from, to - 1 - n);
            float gain = edge < fade ? GAIN * edge / fade : GAIN;
            samples[count++] = sound[n] * gain;
        }
        return new Added(begin, count, from);
    }

    /** Adds silence behind sound that is there. */
    void pause(int length) {
        if (count > 0) {
            reserve(length);
            Arrays.fill(samples, count, count + length, 0);
            count += length;
        }
    }

    /** Returns it as 16-bit samples, low byte first; empty if there is none. */
    byte[] bytes() {
        limit();
        byte[] bytes = new byte[count * Short.BYTES];
        for (int n = 0; n < count; n++) {
            int value = Math.round(Math.clamp(samples[n], -1f, 1f) * Short.MAX_VALUE);
            bytes[2 * n] = (byte) value;
            bytes[2 * n + 1] = (byte) (value >> Byte.SIZE);
        }
        return bytes;
    }

    private void limit() {
        var limiter = new Limiter();
        int frame = SpeechTime.FRAME_SAMPLES;
        int end = count + Limiter.DELAY;
        float[] moved = new float[end + frame];
        float[] part = new float[frame];
        for (int from = 0; from < end; from += frame) {
            Arrays.fill(part, 0);
            System.arraycopy(samples, from, part, 0, Math.clamp((long) count - from, 0, frame));
            limiter.process(part, CEILING, true);
            System.arraycopy(part, 0, moved, from, frame);
        }
        System.arraycopy(moved, Limiter.DELAY, samples, 0, count);
    }

    private void reserve(int more) {
        if (count + more > samples.length) {
            samples = Arrays.copyOf(samples, Math.max(count + more, 2 * samples.length));
        }
    }
}
