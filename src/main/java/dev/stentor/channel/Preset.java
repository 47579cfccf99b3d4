package dev.stentor.channel;

import java.time.Duration;

/** What a channel is for, which decides how it weighs an early beginning against an unbroken sound. */
public enum Preset {
    /** Begins with the first frame, and keeps close to what is heard: for answers that may be interrupted. */
    CONVERSATION(Duration.ofMillis(100), 0),
    /** Begins when enough has come to last, and runs far ahead: for texts that are listened to. */
    NARRATION(Duration.ofSeconds(1), 36_000);

    private final Duration lead;
    private final long startSamples;

    Preset(Duration lead, long startSamples) {
        this.lead = lead;
        this.startSamples = startSamples;
    }

    /** How far ahead of real time frames are released, unless something else is asked for. */
    public Duration lead() {
        return lead;
    }

    /** How much must be there before sound begins; zero means the first frame. */
    long startSamples() {
        return startSamples;
    }
}
