package dev.stentor.channel;

import dev.stentor.mix.Input;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The speech on its way into the mix, a frame at a time. Where it breaks off it fades out backwards within 5 ms, and where it goes on it
 * fades in; nothing is skipped. Confined to the clock's thread.
 */
final class SpeechInput implements Input {

    private static final int FADE = 120;

    private final float[] next = new float[ChannelEvent.FRAME_SAMPLES];
    private final float[] tail = new float[FADE];
    private boolean offered;
    private boolean altered;
    private boolean open;

    /**
     * Takes the frame that is mixed in next.
     *
     * @param last whether the sound ends with it: nothing needs to fade
     * @param resumes whether it goes on after a hole
     * @return its samples, as long as it is not mixed in
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

    /** What was given is not to be heard: nothing fades. */
    void cut() {
        offered = false;
        open = false;
    }

    /** Whether it broke off, and has not faded yet. */
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
