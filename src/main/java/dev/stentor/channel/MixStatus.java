package dev.stentor.channel;

import dev.stentor.mix.Input;
import dev.stentor.mix.Levels;
import dev.stentor.mix.SourceOrigin;
import dev.stentor.mix.SourceSettings;
import java.util.List;

/**
 * The mixing stage of a channel, as it stood at the time of asking.
 *
 * @param on whether the channel's sound is a mix now
 * @param pending whether it is to be switched on or off once the utterance that is being spoken is over
 * @param voiceGainDb what the voice that spoke last is multiplied by, to be as loud as all others
 * @param levels how loud the whole is
 * @param sources all, speech left out, in the order in which they were put in
 * @param failed sources that failed and are over, the latest last; a name is listed until it is taken again or removed
 */
public record MixStatus(
        boolean on,
        boolean pending,
        MixSettings settings,
        double voiceGainDb,
        Levels levels,
        Levels speech,
        List<SourceStatus> sources,
        List<FailedSource> failed) {

    /** What a source does. */
    public enum State {
        /** It has not begun. */
        WAITING,
        /** It gathers samples before it sounds. */
        BUFFERING,
        /** It sounds. */
        PLAYING,
        /** It fades out for good. */
        LEAVING
    }

    /**
     * One source.
     *
     * @param faultySamples that were no numbers, and became 0, or were cut down to a size
     */
    public record SourceStatus(
            String name,
            SourceOrigin origin,
            SourceSettings settings,
            State state,
            Levels levels,
            Input.Counters counters,
            long faultySamples) {}

    /** A source that failed and is over. */
    public record FailedSource(String name, SourceOrigin origin) {}
}
