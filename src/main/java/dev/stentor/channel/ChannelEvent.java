package dev.stentor.channel;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happens on a channel, in the order in which every listener is to learn it. Positions count samples at 24 kHz on the
 * channel's timeline; they are gapless while there is sound and never go back.
 */
public sealed interface ChannelEvent {

    /** Samples of one frame: 20 ms. */
    int FRAME_SAMPLES = 480;

    /**
     * An utterance begins with the next frame.
     *
     * @param generation the channel's generation
     * @param pos its first sample
     * @param voice null means the engine's default
     * @param language null means that the engine finds out
     * @param open whether the text goes on; then captions tell the rest
     */
    record UtteranceStarted(
            String id,
            int generation,
            long pos,
            String text,
            @Nullable String voice,
            @Nullable String language,
            boolean open)
            implements ChannelEvent {

        /** Of a text that is all there. */
        public UtteranceStarted(
                String id, int generation, long pos, String text, @Nullable String voice, @Nullable String language) {
            this(id, generation, pos, text, voice, language, false);
        }
    }

    /**
     * A part of the text begins to be spoken, within the next frame.
     *
     * @param id the utterance's
     * @param pos its first sample
     * @param text that part
     * @param from its first {@code char} in the utterance's text
     * @param to the {@code char} behind its last
     */
    record Caption(String id, long pos, String text, int from, int to) implements ChannelEvent {}

    /**
     * A mark in the text is reached, within the next frame or at the end of the one before.
     *
     * @param id the utterance's
     * @param mark its name
     * @param pos its sample
     * @param estimated whether that is a guess, since it lies within a part of the text
     */
    record MarkReached(String id, String mark, long pos, boolean estimated) implements ChannelEvent {}

    /**
     * 20 ms of sound.
     *
     * @param generation the channel's generation
     * @param pos its first sample
     * @param playMicros when that sample is due by the timeline, in µs of the clock
     * @param first whether an utterance begins here
     * @param last whether it ends here
     * @param audio always {@link #FRAME_SAMPLES} samples, zero-padded at the end of an utterance; read-only, never pooled, never
     *     moved by a reader
     * @param samples how many of them are the utterance's own; all of a mix
     * @param mixed whether it is a mix: speech, if there is any, begins a little behind the first sample
     */
    record Audio(
            int generation,
            long pos,
            long playMicros,
            boolean first,
            boolean last,
            ByteBuffer audio,
            int samples,
            boolean mixed)
            implements ChannelEvent {

        /** Of speech alone. */
        public Audio(
                int generation, long pos, long playMicros, boolean first, boolean last, ByteBuffer audio, int samples) {
            this(generation, pos, playMicros, first, last, audio, samples, false);
        }

        /** Of a mix. */
        static Audio mixed(int generation, long pos, long playMicros, boolean first, boolean last, ByteBuffer audio) {
            return new Audio(generation, pos, playMicros, first, last, audio, FRAME_SAMPLES, true);
        }
    }

    /**
     * An utterance is over. One that failed before its first sample was never started.
     *
     * @param pos its first sample; if it was never started, where it would have been
     * @param samples how many of it were released, padding not counted
     * @param failure why it failed; null if it did not
     * @param stretches where its samples lie
     */
    record UtteranceEnded(
            String id,
            long pos,
            long samples,
            Reason reason,
            @Nullable Failure failure,
            List<TimelineSpan> stretches) implements ChannelEvent {

        /** All of it lies in one piece. */
        public UtteranceEnded(String id, long pos, long samples, Reason reason, @Nullable Failure failure) {
            this(id, pos, samples, reason, failure, samples == 0 ? List.of() : List.of(new TimelineSpan(pos, samples)));
        }
    }

    /**
     * From here on, positions map to time anew: at the start of sound, and after a pause longer than the lead.
     *
     * @param playMicros when the sample at {@code pos} is due, in µs of the clock
     */
    record TimelineMoved(long pos, long playMicros) implements ChannelEvent {}

    /**
     * What was sent of the older generation is not to be heard any more.
     *
     * @param generation of all that follows
     * @param pos the first sample of it
     * @param clear what was asked for
     * @param fromPos where the first sample of it was in the older generation: the sound goes on, without the speech, and players
     *     cross-fade to it; null means that it does not
     */
    record SpeechCleared(
            int generation,
            long pos,
            ClearRequest clear,
            @Nullable Long fromPos) implements ChannelEvent {

        /** The sound ends. */
        public SpeechCleared(int generation, long pos, ClearRequest clear) {
            this(generation, pos, clear, null);
        }
    }

    /**
     * Sound stands still, and keeps what was sent.
     *
     * @param pos the sample that would have been heard next
     */
    record SpeechPaused(long pos) implements ChannelEvent {}

    /**
     * Sound goes on where it stood.
     *
     * @param pos the sample that is heard next
     */
    record SpeechResumed(long pos) implements ChannelEvent {}

    /**
     * From here on frames are released so far ahead.
     *
     * @param generation the channel's generation
     */
    record LeadChanged(int generation, long leadMillis) implements ChannelEvent {}

    /** The channel does something else now. */
    record PhaseChanged(Phase phase) implements ChannelEvent {}

    /**
     * Why an utterance failed, for people and programs far away.
     *
     * @param code a stable name
     * @param message a sentence
     */
    record Failure(String code, String message) {}

    /** Why an utterance is over. */
    enum Reason {
        /** All of it was played. */
        DONE,
        /** The engine gave up. What it had given was played. */
        FAILED,
        /** It was interrupted or taken back. */
        CLEARED,
        /** Its time was over before it could begin. */
        EXPIRED
    }

    /** What a channel does. */
    enum Phase {
        /** Nothing to say. */
        IDLE,
        /** An utterance waits for its first sound. */
        SYNTHESIZING,
        /** Sound flows. */
        PLAYING,
        /** In mid-utterance the engine is late: listeners hear a hole. */
        STALLED,
        /** Held, to be resumed. */
        PAUSED
    }
}
