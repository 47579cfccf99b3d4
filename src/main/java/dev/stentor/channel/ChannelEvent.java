package dev.stentor.channel;

import dev.stentor.audio.SpeechTime;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of a channel. All listeners are told of the events in the same order. Positions count samples at 24 kHz on the channel's
 * timeline; they are gapless while there is sound, and never go back.
 */
public sealed interface ChannelEvent {

    /**
     * The start of an utterance, with the next frame.
     *
     * @param generation the channel's generation
     * @param pos position of its first sample
     * @param voice name of the voice; null means the engine's default
     * @param language language of the text; null means that the engine detects it
     * @param open whether more text may follow; then captions tell the rest
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

        /** Creates the start of an utterance whose text is known whole. */
        public UtteranceStarted(
                String id, int generation, long pos, String text, @Nullable String voice, @Nullable String language) {
            this(id, generation, pos, text, voice, language, false);
        }
    }

    /**
     * The beginning of a segment of the text, within the next frame.
     *
     * @param id the utterance's id
     * @param pos position of the segment's first sample
     * @param text the segment
     * @param from index of its first {@code char} in the utterance's text
     * @param to index behind its last {@code char}
     * @param part number of the segment, from 1
     * @param parts number of all segments; 0 if it is not known, since the text is still being written
     */
    record Caption(String id, long pos, String text, int from, int to, int part, int parts) implements ChannelEvent {}

    /**
     * Words that are spoken from the next frame on; told for whatever engine knows them. If other sound comes between them, those that
     * are left are told again.
     *
     * @param id the utterance's id
     * @param pos position of the first sample of the first word
     * @param words never empty, in order
     */
    record WordsSpoken(String id, long pos, List<TimedWord> words) implements ChannelEvent {

        public WordsSpoken {
            words = List.copyOf(words);
        }
    }

    /**
     * A word and its sound.
     *
     * @param from index of its first {@code char} in the utterance's text
     * @param to index behind its last {@code char}
     * @param firstSample its first sample, counted from the first one of all words that are told with it
     * @param endSample the sample behind its last one, counted likewise
     */
    record TimedWord(int from, int to, long firstSample, long endSample) {}

    /**
     * A mark in the text that is reached within the next frame, or at the end of the one before.
     *
     * @param id the utterance's id
     * @param mark name of the mark
     * @param pos position of its sample
     * @param estimated whether the position is a guess, since the mark lies within a segment whose words are not known, or within a word
     */
    record MarkReached(String id, String mark, long pos, boolean estimated) implements ChannelEvent {}

    /**
     * A frame of sound: 20 ms.
     *
     * @param generation the channel's generation
     * @param pos position of its first sample
     * @param playMicros time at which that sample is due by the timeline, in µs of the clock
     * @param first whether an utterance begins with this frame
     * @param last whether it ends with this frame
     * @param audio always {@link SpeechTime#FRAME_SAMPLES} samples, zero-padded at the end of an utterance; read-only, never pooled,
     *     never moved by a reader
     * @param samples number of samples without the padding; in a mix, all
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

        /** Creates a frame of speech alone. */
        public Audio(
                int generation, long pos, long playMicros, boolean first, boolean last, ByteBuffer audio, int samples) {
            this(generation, pos, playMicros, first, last, audio, samples, false);
        }

        /** Creates a frame of a mix. */
        static Audio mixed(int generation, long pos, long playMicros, boolean first, boolean last, ByteBuffer audio) {
            return new Audio(generation, pos, playMicros, first, last, audio, SpeechTime.FRAME_SAMPLES, true);
        }
    }

    /**
     * The end of an utterance. One that failed before its first sample was never started.
     *
     * @param pos position of its first sample; if it was never started, where that would have been
     * @param samples number of samples that were released, without the padding
     * @param failure why it failed; null if it did not
     * @param spans parts of the timeline in which its samples lie
     */
    record UtteranceEnded(
            String id,
            long pos,
            long samples,
            Reason reason,
            @Nullable Failure failure,
            List<TimelineSpan> spans) implements ChannelEvent {

        /** Creates the end of an utterance whose samples lie in one piece. */
        public UtteranceEnded(String id, long pos, long samples, Reason reason, @Nullable Failure failure) {
            this(id, pos, samples, reason, failure, samples == 0 ? List.of() : List.of(new TimelineSpan(pos, samples)));
        }
    }

    /**
     * A new relation between positions and time: at the start of sound, after a stall, after a pause, and after a clear in a mix.
     *
     * @param playMicros time at which the sample at {@code pos} is due, in µs of the clock
     */
    record TimelineMoved(long pos, long playMicros) implements ChannelEvent {}

    /**
     * The end of the older generation: what was sent of it is not to be heard any more.
     *
     * @param generation of all that follows
     * @param pos position of the first sample that follows
     * @param clear the request, with the drain that was possible
     * @param fromPos position that this first sample had in the older generation: the sound goes on without the speech, and players
     *     cross-fade to it. Null means that the sound ends
     */
    record SpeechCleared(
            int generation,
            long pos,
            ClearRequest clear,
            @Nullable Long fromPos) implements ChannelEvent {

        /** Creates a clear after which the sound ends. */
        public SpeechCleared(int generation, long pos, ClearRequest clear) {
            this(generation, pos, clear, null);
        }
    }

    /**
     * The beginning of a pause. Listeners keep what was sent.
     *
     * @param pos position that would have been heard next
     */
    record SpeechPaused(long pos) implements ChannelEvent {}

    /**
     * The end of a pause.
     *
     * @param pos position that is heard next
     */
    record SpeechResumed(long pos) implements ChannelEvent {}

    /**
     * A new lead: from here on frames are released so far ahead of their time.
     *
     * @param generation the channel's generation
     * @param epoch the channel's new epoch, if a later life of it begins with this; else null
     */
    record LeadChanged(
            int generation, long leadMillis, @Nullable Long epoch) implements ChannelEvent {

        /** Creates a new lead in the same life. */
        public LeadChanged(int generation, long leadMillis) {
            this(generation, leadMillis, null);
        }
    }

    /**
     * A new loudness for all players.
     *
     * @param control all that holds from now on
     */
    record ControlChanged(PlayerControl control) implements ChannelEvent {}

    /** A new phase of the channel. */
    record PhaseChanged(Phase phase) implements ChannelEvent {}

    /**
     * The failure of an utterance, as listeners are told of it.
     *
     * @param code a stable name, for programs
     * @param message a sentence, for people
     */
    record Failure(String code, String message) {}

    /** The reason for the end of an utterance. */
    enum Reason {
        /** The end of an utterance that was played whole. */
        DONE,
        /** A failure of the engine. The sound that it had given was played. */
        FAILED,
        /** An interruption, or a request to cancel it. */
        CLEARED,
        /** A deadline before which it could not begin. */
        EXPIRED
    }

    /** The activity of a channel. */
    enum Phase {
        /** There is nothing to say. */
        IDLE,
        /** An utterance waits for its first sound. */
        SYNTHESIZING,
        /** Sound flows. */
        PLAYING,
        /** The engine is late in the midst of an utterance: listeners hear a gap. */
        STALLED,
        /** The speech is paused, and can be resumed. */
        PAUSED
    }
}
