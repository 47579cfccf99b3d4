package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import java.time.Duration;

/**
 * The settings of a channel: how it speaks, and how much it takes.
 *
 * @param preset its purpose
 * @param lead how far ahead of real time frames are released; 20 ms to 10 s
 * @param prefetch how much audio is buffered before demand on the engine stops; it starts again at three quarters
 * @param maxUtterances most utterances that may wait or play
 * @param maxCharacters most characters of all their texts together; one text alone may have more
 * @param maxWaiting longest time that all waiting utterances may take, as far as that can be guessed; one alone may take longer
 * @param patience time without a sign of the engine, while audio is asked for, after which the utterance fails
 * @param longestPause time after which a paused channel is cleared
 * @param writing rules for texts that are still being written
 */
public record ChannelSettings(
        Preset preset,
        Duration lead,
        Duration prefetch,
        int maxUtterances,
        long maxCharacters,
        Duration maxWaiting,
        Duration patience,
        Duration longestPause,
        OpenTextSettings writing) {

    public ChannelSettings {
        if (lead.compareTo(Duration.ofMillis(SpeechTime.FRAME_MILLIS)) < 0
                || lead.compareTo(Duration.ofSeconds(10)) > 0) {
            throw new IllegalArgumentException("lead must be 20 ms to 10 s, was " + lead);
        }
        if (prefetch.compareTo(lead) < 0) {
            throw new IllegalArgumentException("prefetch must not be shorter than the lead, was " + prefetch);
        }
        if (maxUtterances <= 0) {
            throw new IllegalArgumentException("maxUtterances must be positive, was " + maxUtterances);
        }
        if (maxCharacters <= 0) {
            throw new IllegalArgumentException("maxCharacters must be positive, was " + maxCharacters);
        }
        if (!maxWaiting.isPositive()) {
            throw new IllegalArgumentException("maxWaiting must be positive, was " + maxWaiting);
        }
        if (!patience.isPositive()) {
            throw new IllegalArgumentException("patience must be positive, was " + patience);
        }
        if (!longestPause.isPositive()) {
            throw new IllegalArgumentException("longestPause must be positive, was " + longestPause);
        }
    }

    /**
     * Returns the usual settings of a preset: its lead, a minute of audio, a hundred utterances, a million characters, and half an hour
     * of speech that waits.
     */
    public static ChannelSettings of(Preset preset) {
        return new ChannelSettings(
                preset,
                preset.lead(),
                Duration.ofSeconds(60),
                100,
                1_000_000,
                Duration.ofMinutes(30),
                Duration.ofSeconds(60),
                Duration.ofMinutes(10),
                OpenTextSettings.STANDARD);
    }

    /** Returns the usual settings of a conversation: it starts at once, and leads by 100 ms. */
    public static ChannelSettings conversation() {
        return of(Preset.CONVERSATION);
    }

    /** Returns a copy with another preset, and its lead. */
    public ChannelSettings withPreset(Preset newPreset) {
        return new ChannelSettings(
                newPreset,
                newPreset.lead(),
                prefetch,
                maxUtterances,
                maxCharacters,
                maxWaiting,
                patience,
                longestPause,
                writing);
    }

    /** Returns a copy with another lead. */
    public ChannelSettings withLead(Duration newLead) {
        return new ChannelSettings(
                preset, newLead, prefetch, maxUtterances, maxCharacters, maxWaiting, patience, longestPause, writing);
    }

    /** Returns a copy with another bound for the audio that is buffered. */
    ChannelSettings withPrefetch(Duration newPrefetch) {
        return new ChannelSettings(
                preset, lead, newPrefetch, maxUtterances, maxCharacters, maxWaiting, patience, longestPause, writing);
    }

    /** Returns a copy that takes so many utterances. */
    public ChannelSettings withMaxUtterances(int newMax) {
        return new ChannelSettings(
                preset, lead, prefetch, newMax, maxCharacters, maxWaiting, patience, longestPause, writing);
    }

    /** Returns a copy in which so much speech may wait. */
    ChannelSettings withMaxWaiting(Duration newMax) {
        return new ChannelSettings(
                preset, lead, prefetch, maxUtterances, maxCharacters, newMax, patience, longestPause, writing);
    }

    /** Returns a copy with other rules for open texts. */
    public ChannelSettings withWriting(OpenTextSettings newWriting) {
        return new ChannelSettings(
                preset, lead, prefetch, maxUtterances, maxCharacters, maxWaiting, patience, longestPause, newWriting);
    }
}
