package dev.stentor.channel;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of one text spoken on a channel, at the time of asking. Immutable, thread-safe.
 *
 * @param generation of its frames; 0 before its first frame was released
 * @param pos position of its first sample on the channel's timeline; null before its first frame was released
 * @param samples number of samples released so far
 * @param spans parts of the timeline in which those lie
 * @param progress how far it is
 * @param times when it came further
 * @param heardSamples number of samples that were heard by a listener on time
 * @param text which of the samples speak which part of the text
 * @param failure why it failed; null if it did not
 * @param file where all of its sound is kept; null if nowhere, or not yet
 * @param continues id of the failed utterance of which this one speaks the rest; null if there is none
 * @param written how far its text is, if it was asked for as an open one; null if the text was given whole
 */
public record Utterance(
        String id,
        ChannelName channel,
        SpeechRequest request,
        State state,
        int generation,
        @Nullable Long pos,
        long samples,
        List<TimelineSpan> spans,
        Progress progress,
        Times times,
        long heardSamples,
        TextMap text,
        @Nullable SpeechFailure failure,
        @Nullable WholeFile file,
        @Nullable String continues,
        @Nullable TextProgress written) {

    /**
     * The progress of an utterance.
     *
     * @param segments number of segments of its text; 0 if the engine does not tell
     * @param begun number of segments that the engine has begun to give
     * @param character number of {@code char}s of the text that were released
     * @param estimated whether that number lies within a segment whose words are not known, where it is a guess
     */
    public record Progress(int segments, int begun, int character, boolean estimated) {}

    /**
     * The times at which an utterance came further, in µs since it was asked for. Null: not yet.
     *
     * @param ageMicros time that has passed since it was asked for
     * @param begunMicros time until the engine was asked
     * @param firstSoundMicros time until the engine's first sound
     * @param releasedMicros time until its first frame was released to the listeners
     */
    public record Times(
            long ageMicros,
            @Nullable Long begunMicros,
            @Nullable Long firstSoundMicros,
            @Nullable Long releasedMicros) {}

    /**
     * The part of an utterance that was heard.
     *
     * @param samples number of its samples that were heard
     * @param character number of {@code char}s of the text that were spoken with them
     * @param estimated whether that number lies within a segment of the text whose words are not known, where it is a guess
     */
    public record Heard(long samples, int character, boolean estimated) {}

    /** Returns what a listener on time has heard. */
    public Heard heard() {
        return heard(heardSamples);
    }

    /** Returns what a listener has heard who got so many of its samples. */
    public Heard heard(long count) {
        TextMap.Offset offset = text.at(count);
        return new Heard(count, offset.character(), offset.estimated());
    }

    /** The life of an utterance. It only goes forward, unless the utterance is spoken again after another one was cleared. */
    public enum State {
        /** An utterance that waits for those before it. */
        QUEUED,
        /** An utterance that the engine is working on; nothing was released yet. */
        SYNTHESIZING,
        /** An utterance that is being released at speaking pace. */
        PLAYING,
        /** An utterance that was released whole. */
        DONE,
        /** An utterance on which the engine failed. */
        FAILED,
        /** An utterance that was interrupted or cancelled. */
        CLEARED,
        /** An utterance that could not begin in time. */
        EXPIRED;

        /** Tells whether nothing will change any more. */
        boolean isOver() {
            return switch (this) {
                case QUEUED, SYNTHESIZING, PLAYING -> false;
                case DONE, FAILED, CLEARED, EXPIRED -> true;
            };
        }
    }
}
