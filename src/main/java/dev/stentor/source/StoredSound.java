package dev.stentor.source;

import dev.stentor.audio.SoundReader;
import dev.stentor.audio.SpeechTime;
import dev.stentor.mix.SoundClip;
import java.time.Duration;

/**
 * A sound in memory, shared by all sources that play it.
 *
 * @param sound the whole sound
 * @param faults faults that were repaired
 */
public record StoredSound(SoundName name, Origin origin, SoundClip sound, SoundReader.Faults faults) {

    private static final int SEAM_MILLIS = 250;

    /** The origin of a sound. */
    public enum Origin {
        /** Made by the gateway itself. */
        BUILT_IN,
        /** A file of the operator's folder. */
        FILE,
        /** Uploaded. */
        UPLOAD
    }

    /**
     * Returns a loop of the sound. A sound that was not made as a loop has the last quarter of a second cross-faded to its
     * beginning.
     */
    SoundClip.Loop loop() {
        return sound.loop(origin == Origin.BUILT_IN ? 0 : SEAM_MILLIS);
    }

    /** Returns the duration, to the millisecond. */
    public Duration length() {
        return Duration.ofMillis(SpeechTime.millis(sound.length()));
    }
}
