package dev.stentor.channel;

import java.util.OptionalLong;

/** Releases frames at speaking pace and a little ahead of it: of the speech alone, or of a mix. Confined to the clock's thread. */
sealed interface FrameReleaser permits PlainReleaser, MixedReleaser {

    /** Releases one frame, or ends one utterance, if that is to be done now; tells whether it did. */
    boolean step(long nowMicros);

    /** Tells whether there is something to release beside speech. */
    boolean soundsBeside();

    /** Tells whether speech is heard now. */
    boolean isHeard(long nowMicros);

    /**
     * Takes back what was released and not heard. The frames of utterances that are spoken again are in the queue already.
     *
     * @param drainMillis for how long the released sound may still be heard
     * @return the position at which the next sample was released before; empty if no sound goes on
     */
    OptionalLong takeBack(long nowMicros, int drainMillis);

    /** Holds the speech where it is. */
    void hold(long nowMicros);

    /** Lets the speech go on where it was held. */
    void resume(long nowMicros);

    /** Tells whether the speech is held. */
    boolean isHeld();
}
