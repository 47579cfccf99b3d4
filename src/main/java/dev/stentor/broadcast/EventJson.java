package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** The text of channel-wide events, as {@code docs/protocol.md} has them. */
final class EventJson {

    private EventJson() {}

    static String of(long seq, ChannelEvent event) {
        return Json.object(json -> {
            switch (event) {
                case UtteranceStarted started -> started(json, seq, started);
                case UtteranceEnded ended -> ended(json, seq, ended);
                case TimelineMoved moved -> {
                    begin(json, "timeline", seq);
                    json.writeNumberProperty("pos", moved.pos());
                    json.writeNumberProperty("ts_us", moved.playMicros());
                    json.writeNumberProperty("group_delay_ms", 0);
                }
                case PhaseChanged changed -> {
                    begin(json, "state", seq);
                    json.writeStringProperty("phase", changed.phase().name().toLowerCase(Locale.ROOT));
                }
                case Audio _ -> throw new IllegalArgumentException("audio is no text");
            }
        });
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
        json.writeStringProperty("text", started.text());
        json.writeStringProperty("voice", started.voice());
        json.writeStringProperty("language", started.language());
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
