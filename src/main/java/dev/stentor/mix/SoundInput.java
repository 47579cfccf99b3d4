package dev.stentor.mix;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** Reads a sound from memory, once or over and over. Confined to the clock's thread. */
final class SoundInput implements Input {

    private final float[] samples;
    private final BooleanSupplier goesOn;
    private boolean again;
    private int at;

    /** @param goesOn whether another time follows the one that is played */
    SoundInput(float[] samples, BooleanSupplier goesOn) {
        this.samples = samples;
        this.goesOn = goesOn;
    }

    @Override
    public Given read(float[] frame) {
        if (samples.length - at >= frame.length + Fader.SHORTEST || at == 0) {
            again = goesOn.getAsBoolean() && samples.length > 0; // not while the end fades already
        }
        int put = 0;
        while (put < frame.length && at < samples.length) {
            int count = Math.min(frame.length - put, samples.length - at);
            System.arraycopy(samples, at, frame, put, count);
            put += count;
            at += count;
            if (again && at == samples.length) {
                at = 0;
                again = goesOn.getAsBoolean();
            }
        }
        Arrays.fill(frame, put, frame.length, 0);
        fadeTheEnd(frame, put);
        return at == samples.length ? Given.END : Given.SOUND;
    }

    /** One that is cut off loud does not click: its last 5 ms fall to silence. */
    private void fadeTheEnd(float[] frame, int put) {
        int left = samples.length - at; // after this frame
        if (again || left >= Fader.SHORTEST) {
            return;
        }
        for (int i = Math.max(0, put + left - Fader.SHORTEST); i < put; i++) {
            frame[i] *= (put + left - 1f - i) / Fader.SHORTEST;
        }
    }
}
