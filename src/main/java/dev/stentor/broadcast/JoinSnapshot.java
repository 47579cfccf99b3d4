package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.ControlChanged;
import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelEvent.MarkReached;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.channel.ChannelEvent.SpeechResumed;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.ChannelEvent.WordsSpoken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a channel before an entry, for a listener that joins there: the events that still hold, and the position
 * reached.
 *
 * @param timeline the latest mapping of positions to time; empty before the first
 * @param speaker the id of the utterance being spoken; null between two utterances
 * @param utterance the event of its beginning; empty between two utterances
 * @param caption the latest caption of it; empty if there was none
 * @param words the latest words of that caption; empty if there were none
 * @param hold the event of the pause that lasts; empty if the channel is not paused
 * @param phase the event of the channel's phase; empty before the first
 * @param control the event of the loudness that was set for all players; empty if none was
 * @param generation of the frames
 * @param pos the sample after the last frame
 */
record JoinSnapshot(
        String timeline,
        @Nullable String speaker,
        String utterance,
        String caption,
        String words,
        String hold,
        String phase,
        String control,
        int generation,
        long pos) {

    /** The state before the first entry. */
    static final JoinSnapshot BLANK = new JoinSnapshot("", null, "", "", "", "", "", "", 1, 0);

    /** Returns the state after one more entry. */
    JoinSnapshot after(Entry entry) {
        String json = entry.json();
        return switch (entry.event()) {
            case Audio frame -> at(frame.pos() + SpeechTime.FRAME_SAMPLES);
            case UtteranceStarted started -> speaking(started.id(), json, "", "");
            case Caption _ -> speaking(speaker, utterance, json, "");
            case WordsSpoken _ -> speaking(speaker, utterance, caption, json);
            // One that waited may end while another is spoken.
            case UtteranceEnded ended -> ended.id().equals(speaker) ? speaking(null, "", "", "") : this;
            case TimelineMoved _ ->
                new JoinSnapshot(json, speaker, utterance, caption, words, hold, phase, control, generation, pos);
            case SpeechCleared cleared ->
                new JoinSnapshot("", null, "", "", "", "", phase, control, cleared.generation(), cleared.pos());
            case MarkReached _ -> this;
            case LeadChanged _ -> this; // everybody who joins is told the lead that holds
            case SpeechPaused _ -> held(json);
            case SpeechResumed _ -> held("");
            case ControlChanged _ ->
                new JoinSnapshot(timeline, speaker, utterance, caption, words, hold, phase, json, generation, pos);
            case PhaseChanged _ ->
                new JoinSnapshot(timeline, speaker, utterance, caption, words, hold, json, control, generation, pos);
        };
    }

    /** Returns the events that hold, as JSON texts. */
    List<String> events() {
        var events = new ArrayList<>(List.of(timeline, utterance, caption, words, hold, phase, control));
        events.removeIf(String::isEmpty);
        return events;
    }

    /** Returns this state with another position. */
    JoinSnapshot at(long newPos) {
        return newPos == pos
                ? this
                : new JoinSnapshot(
                        timeline, speaker, utterance, caption, words, hold, phase, control, generation, newPos);
    }

    private JoinSnapshot speaking(
            @Nullable String newSpeaker, String newUtterance, String newCaption, String newWords) {
        return new JoinSnapshot(
                timeline, newSpeaker, newUtterance, newCaption, newWords, hold, phase, control, generation, pos);
    }

    private JoinSnapshot held(String newHold) {
        return new JoinSnapshot(timeline, speaker, utterance, caption, words, newHold, phase, control, generation, pos);
    }
}
