package dev.stentor.mix;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * An input that plays a sound from memory, once or over and over: from its beginning, round after round without a break, and the
 * last time to its end. Confined to the clock's thread.
 */
final class SoundInput implements Input {

    private static final int FADE = Fader.SHORTEST;

    private final float[] samples;
    /** Samples that replace the end when another round follows: the end, cross-faded to the beginning. */
    private final float[] seam;

    private final BooleanSupplier goesOn;
    /** Position of the decision whether another round follows: behind it lies the seam, or the fade-out of the end. */
    private final int decisionAt;

    private boolean asked;
    private boolean again;
    private int at;

    /**
     * Creates an input at the beginning of the sound.
     *
     * @param seam at most half as long as the samples
     * @param goesOn whether another round follows the present one; asked once in each round
     */
    SoundInput(float[] samples, float[] seam, BooleanSupplier goesOn) {
        this.samples = samples;
        this.seam = seam;
        this.goesOn = goesOn;
        this.decisionAt = Math.max(0, samples.length - Math.max(seam.length, FADE));
    }

    /** Leaves out samples, all rounds of which are followed by another one. */
    @Override
    public void skip(long count) {
        int round = samples.length - seam.length;
        at = count < samples.length || round == 0
                ? (int) Math.min(count, samples.length)
                : seam.length + (int) ((count - samples.length) % round);
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
        if (!asked && at >= decisionAt) {
            asked = true;
            again = goesOn.getAsBoolean();
        }
        int seamAt = samples.length - seam.length;
        boolean inSeam = asked && again && at >= seamAt;
        int end = !asked ? decisionAt : again && !inSeam ? seamAt : samples.length;
        int count = Math.min(frame.length - put, end - at);
        System.arraycopy(inSeam ? seam : samples, inSeam ? at - seamAt : at, frame, put, count);
        if (asked && !again) {
            fadeOut(frame, put, count);
        }
        at += count;
        if (asked && again && at == samples.length) {
            at = seam.length; // the seam held so much of the beginning
            asked = false;
        }
        return count;
    }

    /** Fades the last 5 ms to silence, so that a sound that ends loud does not click. */
    private void fadeOut(float[] frame, int put, int count) {
        int left = samples.length - at;
        for (int i = Math.max(0, left - FADE); i < count; i++) {
            frame[put + i] *= (left - 1f - i) / FADE;
        }
    }
}
