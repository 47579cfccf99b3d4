package dev.stentor.channel;

import dev.stentor.mix.Input;
import dev.stentor.mix.Levels;
import dev.stentor.mix.Mixer;
import dev.stentor.mix.SourceOrigin;
import dev.stentor.mix.SourceSettings;
import java.util.List;

/**
 * The state of a channel's mix at the time of asking.
 *
 * @param on whether the channel's sound is a mix now
 * @param pending whether the mix is to be switched on or off once the current utterance is over
 * @param voiceGainDb gain of the voice that spoke last, in dB, which makes it as loud as all others
 * @param levels loudness of the whole mix
 * @param speech loudness of the speech
 * @param sources all sources but the speech, in the order in which they were put in
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

    /** The state of a source. */
    public enum State {
        /** A source that has not begun. */
        WAITING,
        /** A source that gathers samples before it sounds. */
        BUFFERING,
        /** A source that sounds. */
        PLAYING,
        /** A source that fades out for good. */
        LEAVING
    }

    /**
     * The state of one source.
     *
     * @param faultySamples number of samples that were no numbers and became 0, or were too large and were limited
     */
    public record SourceStatus(
            String name,
            SourceOrigin origin,
            SourceSettings settings,
            State state,
            Levels levels,
            Input.Counters counters,
            long faultySamples) {

        static SourceStatus of(Source source, Mixer.SourceState mixed) {
            State state =
                    mixed.leaving() ? State.LEAVING : mixed.counters().buffering() ? State.BUFFERING : State.PLAYING;
            return new SourceStatus(
                    mixed.name(),
                    source.origin(),
                    source.settings(),
                    state,
                    mixed.levels(),
                    mixed.counters(),
                    mixed.faultySamples());
        }

        static SourceStatus waiting(String name, Source source) {
            return new SourceStatus(
                    name, source.origin(), source.settings(), State.WAITING, Levels.SILENT, Input.Counters.NONE, 0);
        }
    }

    /** A source that failed and is over. */
    public record FailedSource(String name, SourceOrigin origin) {}
}
