package dev.stentor.mix;

import java.util.Arrays;

/** An input of silence without an end: it keeps a channel's stage on, and so its timeline running. Stateless. */
public final class SilentInput implements Input {

    @Override
    public Given read(float[] frame) {
        Arrays.fill(frame, 0);
        return Given.SILENCE;
    }
}
