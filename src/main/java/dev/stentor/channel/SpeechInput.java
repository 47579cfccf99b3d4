package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import dev.stentor.mix.Input;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The mixer's input for speech, a frame at a time. Where speech breaks off, its end is repeated backwards and fades out within 5 ms;
 * where it goes on, it fades in. No sample is skipped. Confined to the clock's thread.
 */
final class SpeechInput implements Input {

    private static final int FADE = (int) SpeechTime.samples(5);

    private final float[] next = new float[SpeechTime.FRAME_SAMPLES];
    private final float[] tail = new float[FADE];
    private boolean offered;
    private boolean altered;
    private boolean open;

    /**
     * Takes the frame that is mixed in next.
     *
     * @param last whether the utterance ends with it, so that nothing needs to fade
     * @param resumes whether speech goes on with it after a hole
     * @return its samples; valid until it is mixed in
     */
    float[] offer(ByteBuffer audio, boolean last, boolean resumes) {
        ByteBuffer samples = audio.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < next.length; i++) {
            next[i] = samples.getShort() / 32_768f;
        }
        if (resumes) {
            for (int i = 0; i < FADE; i++) {
                next[i] *= (i + 1f) / FADE;
            }
        }
        System.arraycopy(next, next.length - FADE, tail, 0, FADE);
        offered = true;
        altered = resumes;
        open = !last;
        return next;
    }

    /** Drops what was offered: it is not to be heard, and nothing fades. */
    void cut() {
        offered = false;
        open = false;
    }

    /** Tells whether speech broke off, and has not faded yet. */
    boolean isOpen() {
        return open;
    }

    @Override
    public Given read(float[] frame) {
        if (offered) {
            offered = false;
            System.arraycopy(next, 0, frame, 0, frame.length);
            return altered ? Given.SOUND : Given.EXACT;
        }
        Arrays.fill(frame, 0);
        if (!open) {
            return Given.SILENCE;
        }
        open = false;
        for (int i = 0; i < FADE; i++) {
            frame[i] = tail[FADE - 1 - i] * (FADE - 1 - i) / FADE;
        }
        return Given.SOUND;
    }
}
