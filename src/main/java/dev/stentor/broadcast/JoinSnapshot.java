package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelEvent.MarkReached;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.channel.ChannelEvent.SpeechResumed;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who joins at some entry is in the middle of: the events before it that still hold, and the position reached.
 *
 * @param timeline the latest mapping of positions to time; empty before the first
 * @param speaker the id of the utterance being spoken; null between two
 * @param utterance that one's beginning; empty between two
 * @param caption the part of it that was begun last; empty if none
 * @param hold the pause that lasts; empty if none does
 * @param phase what the channel does; empty before the first event
 * @param generation of the frames
 * @param pos the sample after the last frame
 */
record JoinSnapshot(
        String timeline,
        @Nullable String speaker,
        String utterance,
        String caption,
        String hold,
        String phase,
        int generation,
        long pos) {

    /** Before anything happened. */
    static final JoinSnapshot BLANK = new JoinSnapshot("", null, "", "", "", "", 1, 0);

    /** The situation after one more entry. */
    JoinSnapshot after(Entry entry) {
        String json = entry.json();
        return switch (entry.event()) {
            case Audio frame -> at(frame.pos() + SpeechTime.FRAME_SAMPLES);
            case UtteranceStarted started -> speaking(started.id(), json, "");
            case Caption _ -> speaking(speaker, utterance, json);
            // One that waited may end while another is spoken.
            case UtteranceEnded ended -> ended.id().equals(speaker) ? speaking(null, "", "") : this;
            case TimelineMoved _ -> new JoinSnapshot(json, speaker, utterance, caption, hold, phase, generation, pos);
            case SpeechCleared cleared ->
                new JoinSnapshot("", null, "", "", "", phase, cleared.generation(), cleared.pos());
            case MarkReached _ -> this;
            case LeadChanged _ -> this; // everybody who joins is told the lead that holds
            case SpeechPaused _ -> held(json);
            case SpeechResumed _ -> held("");
            case PhaseChanged _ -> new JoinSnapshot(timeline, speaker, utterance, caption, hold, json, generation, pos);
        };
    }

    /** Its events, as JSON texts. */
    List<String> events() {
        var events = new ArrayList<>(List.of(timeline, utterance, caption, hold, phase));
        events.removeIf(String::isEmpty);
        return events;
    }

    private JoinSnapshot at(long newPos) {
        return new JoinSnapshot(timeline, speaker, utterance, caption, hold, phase, generation, newPos);
    }

    private JoinSnapshot speaking(@Nullable String newSpeaker, String newUtterance, String newCaption) {
        return new JoinSnapshot(timeline, newSpeaker, newUtterance, newCaption, hold, phase, generation, pos);
    }

    private JoinSnapshot held(String newHold) {
        return new JoinSnapshot(timeline, speaker, utterance, caption, newHold, phase, generation, pos);
    }
}
