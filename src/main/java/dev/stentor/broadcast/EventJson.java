package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.ControlChanged;
import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelEvent.MarkReached;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.channel.ChannelEvent.SpeechResumed;
import dev.stentor.channel.ChannelEvent.TimedWord;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.ChannelEvent.WordsSpoken;
import dev.stentor.channel.ClearRequest;
import dev.stentor.channel.PlayerControl;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** A writer of channel-wide events as JSON, see {@code docs/protocol.md}. */
final class EventJson {

    private static final int MAX_TEXT_CHARACTERS = 4_000;

    private EventJson() {}

    /**
     * Returns the text of an event.
     *
     * @param settings for how that channel treats its listeners
     */
    static String of(long seq, ChannelEvent event, BroadcastSettings settings) {
        return JsonLine.object(json -> {
            switch (event) {
                case UtteranceStarted started -> started(json, seq, started);
                case UtteranceEnded ended -> ended(json, seq, ended);
                case Caption caption -> caption(json, seq, caption);
                case WordsSpoken words -> words(json, seq, words);
                case TimelineMoved moved -> {
                    begin(json, "timeline", seq);
                    json.writeNumberProperty("pos", moved.pos());
                    json.writeNumberProperty("ts_us", moved.playMicros());
                    json.writeNumberProperty("group_delay_ms", settings.groupDelayMillis());
                }
                case MarkReached mark -> {
                    begin(json, "mark", seq);
                    json.writeStringProperty("id", mark.id());
                    json.writeStringProperty("mark", mark.mark());
                    json.writeNumberProperty("pos", mark.pos());
                    json.writeBooleanProperty("estimated", mark.estimated());
                }
                case LeadChanged changed -> {
                    begin(json, "stream", seq);
                    json.writeNumberProperty("lead_ms", changed.leadMillis());
                    json.writeNumberProperty("batch_ms", settings.batch().mostMillis(changed.leadMillis()));
                    json.writeNumberProperty("gen", changed.generation());
                    Messages.reports(json, settings);
                    Long epoch = changed.epoch();
                    if (epoch != null) {
                        json.writeNumberProperty("epoch", epoch);
                    }
                }
                case SpeechCleared cleared -> cleared(json, seq, cleared);
                case SpeechPaused paused -> {
                    begin(json, "pause", seq);
                    json.writeNumberProperty("pos", paused.pos());
                }
                case SpeechResumed resumed -> {
                    begin(json, "resume", seq);
                    json.writeNumberProperty("pos", resumed.pos());
                }
                case ControlChanged changed -> {
                    begin(json, "control", seq);
                    control(json, changed.control());
                }
                case PhaseChanged changed -> {
                    begin(json, "state", seq);
                    json.writeStringProperty("phase", changed.phase().name().toLowerCase(Locale.ROOT));
                }
                case Audio _ -> throw new IllegalArgumentException("audio is no text");
            }
        });
    }

    /** Returns the protocol's name of an event. */
    static String typeOf(ChannelEvent event) {
        return switch (event) {
            case UtteranceStarted _ -> "utterance.started";
            case UtteranceEnded _ -> "utterance.ended";
            case Caption _ -> "caption";
            case WordsSpoken _ -> "words";
            case MarkReached _ -> "mark";
            case TimelineMoved _ -> "timeline";
            case LeadChanged _ -> "stream";
            case SpeechCleared _ -> "clear";
            case SpeechPaused _ -> "pause";
            case SpeechResumed _ -> "resume";
            case ControlChanged _ -> "control";
            case PhaseChanged _ -> "state";
            case Audio _ -> throw new IllegalArgumentException("audio is no text");
        };
    }

    private static void begin(JsonGenerator json, String type, long seq) {
        json.writeStringProperty("t", type);
        json.writeNumberProperty("seq", seq);
    }

    private static void started(JsonGenerator json, long seq, UtteranceStarted started) {
        begin(json, "utterance.started", seq);
        json.writeStringProperty("id", started.id());
        json.writeNumberProperty("gen", started.generation());
        json.writeNumberProperty("pos", started.pos());
        text(json, started.text());
        json.writeStringProperty("voice", started.voice());
        json.writeStringProperty("language", started.language());
        if (started.open()) {
            json.writeBooleanProperty("open", true);
        }
    }

    /** Writes the beginning of a text. Else a whole book would be sent to each listener at once: captions bring the rest. */
    private static void text(JsonGenerator json, String text) {
        if (text.length() <= MAX_TEXT_CHARACTERS) {
            json.writeStringProperty("text", text);
            return;
        }
        int cut = Character.isHighSurrogate(text.charAt(MAX_TEXT_CHARACTERS - 1))
                ? MAX_TEXT_CHARACTERS - 1
                : MAX_TEXT_CHARACTERS;
        json.writeStringProperty("text", text.substring(0, cut));
        json.writeNumberProperty("text_length", text.length());
    }

    /** Writes a clear; the next entry is the first of the new generation. */
    private static void cleared(JsonGenerator json, long seq, SpeechCleared cleared) {
        ClearRequest clear = cleared.clear();
        begin(json, "clear", seq);
        json.writeNumberProperty("gen", cleared.generation());
        json.writeNumberProperty("pos", cleared.pos());
        json.writeNumberProperty("next_seq", seq + 1);
        json.writeStringProperty("scope", clear.scope().name().toLowerCase(Locale.ROOT));
        json.writeNumberProperty("drain_ms", clear.drainMillis());
        json.writeNumberProperty("fade_ms", clear.fadeMillis());
        Long former = cleared.fromPos();
        json.writeBooleanProperty("continues", former != null);
        if (former != null) {
            json.writeNumberProperty("from_pos", former);
        }
        json.writeStringProperty("reason", clear.reason());
    }

    /** Writes the fields of a control that were set. */
    static void control(JsonGenerator json, PlayerControl control) {
        Double volume = control.volume();
        Boolean muted = control.muted();
        if (volume != null) {
            json.writeNumberProperty("volume", volume);
        }
        if (muted != null) {
            json.writeBooleanProperty("muted", muted);
        }
    }

    private static void caption(JsonGenerator json, long seq, Caption caption) {
        begin(json, "caption", seq);
        json.writeStringProperty("id", caption.id());
        json.writeNumberProperty("pos", caption.pos());
        json.writeStringProperty("text", caption.text());
        json.writeNumberProperty("from", caption.from());
        json.writeNumberProperty("to", caption.to());
        json.writeNumberProperty("part", caption.part());
        if (caption.parts() > 0) {
            json.writeNumberProperty("parts", caption.parts());
        }
    }

    /** Writes each word as four numbers, since there are several a second. */
    private static void words(JsonGenerator json, long seq, WordsSpoken words) {
        begin(json, "words", seq);
        json.writeStringProperty("id", words.id());
        json.writeNumberProperty("pos", words.pos());
        json.writeArrayPropertyStart("words");
        for (TimedWord word : words.words()) {
            json.writeStartArray();
            json.writeNumber(word.from());
            json.writeNumber(word.to());
            json.writeNumber(word.firstSample());
            json.writeNumber(word.endSample());
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void ended(JsonGenerator json, long seq, UtteranceEnded ended) {
        begin(json, "utterance.ended", seq);
        json.writeStringProperty("id", ended.id());
        json.writeNumberProperty("pos", ended.pos());
        json.writeNumberProperty("samples", ended.samples());
        json.writeStringProperty("reason", ended.reason().name().toLowerCase(Locale.ROOT));
        ChannelEvent.Failure failure = ended.failure();
        if (failure != null) {
            json.writeObjectPropertyStart("error");
            json.writeStringProperty("code", failure.code());
            json.writeStringProperty("message", failure.message());
            json.writeEndObject();
        }
    }
}
