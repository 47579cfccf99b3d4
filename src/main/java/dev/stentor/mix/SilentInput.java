package dev.stentor.mix;

import java.util.Arrays;

/** A source that says nothing: it keeps a channel's stage on, and so its timeline running. Stateless. */
public final class SilentInput implements Input {

    /** Makes one. */
    public SilentInput() {}

    @Override
    public Given read(float[] frame) {
        Arrays.fill(frame, 0);
        return Given.SILENCE;
    }
}
