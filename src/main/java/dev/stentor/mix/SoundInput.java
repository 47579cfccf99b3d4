package dev.stentor.mix;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * Reads a sound from memory, once or over and over: from its beginning, round after round without a break, and the last time to its
 * end. Confined to the clock's thread.
 */
final class SoundInput implements Input {

    private static final int FADE = Fader.SHORTEST;

    private final float[] samples;
    /** What is played in place of as much of the end when another round follows: the end, led into the beginning. */
    private final float[] seam;

    private final BooleanSupplier goesOn;
    /** From here on it makes a difference whether another round follows: there is the seam, or the end's own fade. */
    private final int parting;

    private boolean asked;
    private boolean again;
    private int at;

    /**
     * From the beginning.
     *
     * @param seam at most as long as half of the samples
     * @param goesOn whether another round follows the one that is played, asked once in each
     */
    SoundInput(float[] samples, float[] seam, BooleanSupplier goesOn) {
        this.samples = samples;
        this.seam = seam;
        this.goesOn = goesOn;
        this.parting = Math.max(0, samples.length - Math.max(seam.length, FADE));
    }

    @Override
    public Given read(float[] frame) {
        int put = 0;
        while (put < frame.length && at < samples.length) {
            put += part(frame, put);
        }
        Arrays.fill(frame, put, frame.length, 0);
        return at == samples.length ? Given.END : Given.SOUND;
    }

    private int part(float[] frame, int put) {
        if (!asked && at >= parting) {
            asked = true;
            again = goesOn.getAsBoolean();
        }
        int seamAt = samples.length - seam.length;
        boolean inSeam = asked && again && at >= seamAt;
        int end = !asked ? parting : again && !inSeam ? seamAt : samples.length;
        int count = Math.min(frame.length - put, end - at);
        System.arraycopy(inSeam ? seam : samples, inSeam ? at - seamAt : at, frame, put, count);
        if (asked && !again) {
            fadeOut(frame, put, count);
        }
        at += count;
        if (asked && again && at == samples.length) {
            at = seam.length; // of the beginning so much was in the seam
            asked = false;
        }
        return count;
    }

    /** One that is cut off loud does not click: its last 5 ms fall to silence. */
    private void fadeOut(float[] frame, int put, int count) {
        int left = samples.length - at;
        for (int i = Math.max(0, left - FADE); i < count; i++) {
            frame[put + i] *= (left - 1f - i) / FADE;
        }
    }
}
