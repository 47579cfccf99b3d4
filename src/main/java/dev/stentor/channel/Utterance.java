package dev.stentor.channel;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One text spoken on a channel, as it stood at the time of asking. Immutable, thread-safe.
 *
 * @param generation of its frames; 0 before its first frame was released
 * @param pos where on the channel's timeline it starts, in samples; null before its first frame was released
 * @param samples released so far
 * @param stretches where those lie
 * @param progress how far it is
 * @param heardSamples how many have been heard by whoever plays by the channel's timeline
 * @param text which of them speak what
 * @param failure why it failed; null if it did not
 * @param file where all of its sound is kept; null if nowhere, or not yet
 * @param continues the utterance that failed, and of which this one speaks the rest; null if none
 * @param written how far its text is, if that was still to be written when it was ordered; null if it was given whole
 */
public record Utterance(
        String id,
        ChannelName channel,
        SpeechRequest request,
        State state,
        int generation,
        @Nullable Long pos,
        long samples,
        List<TimelineSpan> stretches,
        Progress progress,
        long heardSamples,
        TextMap text,
        @Nullable SpeechFailure failure,
        @Nullable WholeFile file,
        @Nullable String continues,
        @Nullable TextProgress written) {

    /**
     * How far an utterance is.
     *
     * @param segments how many parts its text was split into; 0 if the engine does not say
     * @param begun how many of them the engine has begun to give
     * @param character how many {@code char}s of the text were released
     * @param estimated whether that lies within a part, where it is a guess
     */
    public record Progress(int segments, int begun, int character, boolean estimated) {}

    /**
     * How much was heard.
     *
     * @param samples of the utterance
     * @param character how many {@code char}s of the text were spoken with them
     * @param estimated whether that lies within a part of the text, where it is a guess
     */
    public record Heard(long samples, int character, boolean estimated) {}

    /** What whoever plays by the channel's timeline has heard. */
    public Heard heard() {
        return heard(heardSamples);
    }

    /** What somebody has heard who heard so many of its samples. */
    public Heard heard(long count) {
        TextMap.Offset offset = text.at(count);
        return new Heard(count, offset.character(), offset.estimated());
    }

    /** The life of an utterance; it only goes forward, unless it is spoken again in place of one that was cleared. */
    public enum State {
        /** Waits for those before it. */
        QUEUED,
        /** The engine is at work; nothing was released yet. */
        SYNTHESIZING,
        /** Being released at speaking pace. */
        PLAYING,
        /** All of it was released. */
        DONE,
        /** The engine gave up. */
        FAILED,
        /** It was interrupted or taken back. */
        CLEARED,
        /** Its time was over before it could begin. */
        EXPIRED;

        /** Whether nothing will change any more. */
        public boolean isOver() {
            return switch (this) {
                case QUEUED, SYNTHESIZING, PLAYING -> false;
                case DONE, FAILED, CLEARED, EXPIRED -> true;
            };
        }
    }
}
