package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import java.time.Duration;

/** The purpose of a channel, which decides how it weighs an early beginning against an unbroken sound. */
public enum Preset {
    /** Begins with the first frame, and keeps close to what is heard: for answers that may be interrupted. */
    CONVERSATION(Duration.ofMillis(100), Duration.ZERO),
    /** Begins when enough has come to last, and runs far ahead: for texts that are listened to. */
    NARRATION(Duration.ofSeconds(1), Duration.ofMillis(1_500));

    private final Duration lead;
    private final long startSamples;

    Preset(Duration lead, Duration start) {
        this.lead = lead;
        this.startSamples = SpeechTime.samples(start);
    }

    /** Returns how far ahead of real time frames are released, unless another lead is asked for. */
    public Duration lead() {
        return lead;
    }

    /** Returns how many samples must be there before sound begins; zero means the first frame. */
    long startSamples() {
        return startSamples;
    }
}
