package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.channel.ChannelEvent.SpeechResumed;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody who joins at some entry is in the middle of: the events before it that still hold, and the position reached.
 *
 * @param timeline the latest mapping of positions to time; empty before the first
 * @param utterance the utterance being spoken; empty between two
 * @param caption the part of it that was begun last; empty if none
 * @param hold the pause that lasts; empty if none does
 * @param phase what the channel does; empty before the first event
 * @param generation of the frames
 * @param pos the sample after the last frame
 */
record Situation(
        String timeline, String utterance, String caption, String hold, String phase, int generation, long pos) {

    /** Before anything happened. */
    static final Situation BLANK = new Situation("", "", "", "", "", 1, 0);

    /** The situation after one more entry. */
    Situation after(Entry entry) {
        String json = entry.json();
        return switch (entry.event()) {
            case Audio frame -> at(frame.pos() + ChannelEvent.FRAME_SAMPLES);
            case UtteranceStarted _ -> speaking(json, "");
            case Caption _ -> speaking(utterance, json);
            case UtteranceEnded _ -> speaking("", "");
            case TimelineMoved _ -> new Situation(json, utterance, caption, hold, phase, generation, pos);
            case SpeechCleared cleared -> new Situation("", "", "", "", phase, cleared.generation(), cleared.pos());
            case SpeechPaused _ -> held(json);
            case SpeechResumed _ -> held("");
            case PhaseChanged _ -> new Situation(timeline, utterance, caption, hold, json, generation, pos);
        };
    }

    /** Its events, as JSON texts. */
    List<String> events() {
        var events = new ArrayList<>(List.of(timeline, utterance, caption, hold, phase));
        events.removeIf(String::isEmpty);
        return events;
    }

    private Situation at(long newPos) {
        return new Situation(timeline, utterance, caption, hold, phase, generation, newPos);
    }

    private Situation speaking(String newUtterance, String newCaption) {
        return new Situation(timeline, newUtterance, newCaption, hold, phase, generation, pos);
    }

    private Situation held(String newHold) {
        return new Situation(timeline, utterance, caption, newHold, phase, generation, pos);
    }
}
