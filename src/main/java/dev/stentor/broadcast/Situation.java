package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
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
 * @param phase what the channel does; empty before the first event
 * @param pos the sample after the last frame
 */
record Situation(String timeline, String utterance, String caption, String phase, long pos) {

    /** Before anything happened. */
    static final Situation BLANK = new Situation("", "", "", "", 0);

    /** The situation after one more entry. */
    Situation after(Entry entry) {
        return switch (entry.event()) {
            case Audio frame ->
                new Situation(timeline, utterance, caption, phase, frame.pos() + ChannelEvent.FRAME_SAMPLES);
            case UtteranceStarted _ -> new Situation(timeline, entry.json(), "", phase, pos);
            case Caption _ -> new Situation(timeline, utterance, entry.json(), phase, pos);
            case UtteranceEnded _ -> new Situation(timeline, "", "", phase, pos);
            case TimelineMoved _ -> new Situation(entry.json(), utterance, caption, phase, pos);
            case PhaseChanged _ -> new Situation(timeline, utterance, caption, entry.json(), pos);
        };
    }

    /** Its events, as JSON texts. */
    List<String> events() {
        var events = new ArrayList<>(List.of(timeline, utterance, caption, phase));
        events.removeIf(String::isEmpty);
        return events;
    }
}
