package dev.stentor.mix;

import java.util.Arrays;

/** Reads a sound from memory, once or over and over. Confined to the clock's thread. */
final class SoundInput implements Input {

    private final float[] samples;
    private final boolean loops;
    private int at;

    SoundInput(float[] samples, boolean loops) {
        this.samples = samples;
        this.loops = loops && samples.length > 0;
    }

    @Override
    public Given read(float[] frame) {
        int put = 0;
        while (put < frame.length && at < samples.length) {
            int count = Math.min(frame.length - put, samples.length - at);
            System.arraycopy(samples, at, frame, put, count);
            put += count;
            at += count;
            if (loops && at == samples.length) {
                at = 0;
            }
        }
        Arrays.fill(frame, put, frame.length, 0);
        fadeTheEnd(frame, put);
        return at == samples.length ? Given.END : Given.SOUND;
    }

    /** One that is cut off loud does not click: its last 5 ms fall to silence. */
    private void fadeTheEnd(float[] frame, int put) {
        int left = samples.length - at; // after this frame
        if (loops || left >= Fader.SHORTEST) {
            return;
        }
        for (int i = Math.max(0, put + left - Fader.SHORTEST); i < put; i++) {
            frame[i] *= (put + left - 1f - i) / Fader.SHORTEST;
        }
    }
}
