package dev.stentor.channel;

import java.time.Duration;

/**
 * How a channel speaks, and how much it takes on.
 *
 * @param preset what it is for
 * @param lead how far ahead of real time frames are released; 20 ms to 10 s
 * @param prefetch how much audio is held before demand on the engine stops; it starts again at three quarters
 * @param maxUtterances how many may wait or play at once
 * @param maxCharacters of all their texts together; one alone may have more
 * @param maxWaiting how long all that is still to be heard may take, as far as that can be guessed; one alone may take longer
 * @param patience how long the engine may give no sign of life while audio is asked for; then the utterance fails
 * @param longestPause after which a held channel is cleared
 * @param writing how texts are spoken that are still being written
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
        if (lead.compareTo(Duration.ofMillis(20)) < 0 || lead.compareTo(Duration.ofSeconds(10)) > 0) {
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

    /** A preset with its lead; holds a minute of audio, a hundred utterances, a million characters, half an hour of speech. */
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

    /** Starts at once, leads by 100 ms. */
    public static ChannelSettings conversation() {
        return of(Preset.CONVERSATION);
    }

    /** The same for another purpose, with that one's lead. */
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

    /** The same with another lead. */
    public ChannelSettings withLead(Duration newLead) {
        return new ChannelSettings(
                preset, newLead, prefetch, maxUtterances, maxCharacters, maxWaiting, patience, longestPause, writing);
    }

    /** The same with another bound of the audio that is held. */
    public ChannelSettings withPrefetch(Duration newPrefetch) {
        return new ChannelSettings(
                preset, lead, newPrefetch, maxUtterances, maxCharacters, maxWaiting, patience, longestPause, writing);
    }

    /** The same with room for so many utterances. */
    public ChannelSettings withMaxUtterances(int newMax) {
        return new ChannelSettings(
                preset, lead, prefetch, newMax, maxCharacters, maxWaiting, patience, longestPause, writing);
    }

    /** The same with room for so much speech. */
    public ChannelSettings withMaxWaiting(Duration newMax) {
        return new ChannelSettings(
                preset, lead, prefetch, maxUtterances, maxCharacters, newMax, patience, longestPause, writing);
    }

    /** The same with texts that are being written spoken otherwise. */
    public ChannelSettings withWriting(OpenTextSettings newWriting) {
        return new ChannelSettings(
                preset, lead, prefetch, maxUtterances, maxCharacters, maxWaiting, patience, longestPause, newWriting);
    }
}
