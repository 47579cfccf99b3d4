package dev.stentor.source;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.SoundReader;
import dev.stentor.mix.SoundClip;
import java.time.Duration;

/**
 * A sound that lies ready, shared by all who play it.
 *
 * @param origin where it comes from
 * @param sound from its beginning to its end
 * @param faults what was wrong with it, and was mended
 */
public record StoredSound(SoundName name, Origin origin, SoundClip sound, SoundReader.Faults faults) {

    private static final int SEAM_MILLIS = 250;

    /** Where a sound comes from. */
    public enum Origin {
        /** Made by the gateway itself. */
        BUILT_IN,
        /** A file of the operator's folder. */
        FILE,
        /** Uploaded. */
        UPLOAD
    }

    /** To be played over and over: what was not made as a loop has a quarter of a second of its end led into its beginning. */
    public SoundClip.Loop loop() {
        return sound.loop(origin == Origin.BUILT_IN ? 0 : SEAM_MILLIS);
    }

    /** How long it lasts. */
    public Duration length() {
        return Duration.ofMillis(sound.length() * 1_000L / PcmFormat.SPEECH.sampleRateHz());
    }
}
