package dev.stentor.broadcast;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.MixLevels;
import dev.stentor.channel.PlayerControl;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A writer of the messages that concern one connection as JSON, see {@code docs/protocol.md}. */
final class Messages {

    private Messages() {}

    /**
     * The answer to a client that asked to resume.
     *
     * @param fromSeq the first entry that follows
     * @param missingMillis of sound
     */
    record Resumed(Status status, long fromSeq, long missingMillis) {

        /** The part of the missing entries that is still there. */
        enum Status {
            /** Everything. */
            OK,
            /** A part; the answer tells how much is missing. */
            GAP,
            /** Nothing, because the client was never here, or in another life of the channel. */
            FRESH;

            /** Returns the protocol's word. */
            String wireName() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /** @param resumed null if the client did not ask to resume */
    static String welcome(
            StreamParameters parameters,
            long headSeq,
            long nowMicros,
            String connection,
            @Nullable Resumed resumed,
            List<String> now) {
        return JsonLine.object(json -> {
            json.writeStringProperty("t", "welcome");
            json.writeNumberProperty("v", 1);
            json.writeStringProperty("conn", connection);
            json.writeStringProperty("channel", parameters.channel().value());
            json.writeNumberProperty("epoch", parameters.epoch());
            json.writeNumberProperty("head_seq", headSeq);
            json.writeNumberProperty("timeline_hz", SpeechTime.SAMPLES_PER_SECOND);
            json.writeStringProperty("clock", parameters.settings().node());
            json.writeNumberProperty("server_us", nowMicros);
            reports(json, parameters.settings());
            json.writeObjectPropertyStart("limits");
            json.writeNumberProperty("lag_ms", parameters.settings().lag().toMillis());
            json.writeStringProperty(
                    "policy", parameters.settings().policy().name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
            if (resumed != null) {
                json.writeObjectPropertyStart("resume");
                json.writeStringProperty("status", resumed.status().wireName());
                json.writeNumberProperty("from_seq", resumed.fromSeq());
                json.writeNumberProperty("missing_ms", resumed.missingMillis());
                json.writeEndObject();
            }
            now(json, now);
        });
    }

    static String stream(int generation, StreamParameters parameters) {
        Format format = parameters.format();
        return JsonLine.object(json -> {
            json.writeStringProperty("t", "stream");
            json.writeStringProperty("codec", format.codec());
            json.writeNumberProperty("rate", format.rateHz());
            json.writeNumberProperty("ch", 1);
            json.writeNumberProperty("frame_ms", SpeechTime.FRAME_MILLIS);
            json.writeNumberProperty("lead_ms", parameters.leadMillis());
            json.writeNumberProperty("batch_ms", parameters.settings().batch().mostMillis(parameters.leadMillis()));
            json.writeNumberProperty("preskip", format.preSkip());
            json.writeNumberProperty("gen", generation);
        });
    }

    static String replay(long fromSeq, long toSeq, long playFromPos) {
        return JsonLine.object(json -> {
            json.writeStringProperty("t", "replay");
            json.writeNumberProperty("from_seq", fromSeq);
            json.writeNumberProperty("to_seq", toSeq);
            json.writeNumberProperty("play_from_pos", playFromPos);
        });
    }

    static String gap(long fromSeq, long toSeq, long fromPos, long toPos, GapCause cause, List<String> now) {
        return JsonLine.object(json -> {
            json.writeStringProperty("t", "gap");
            json.writeNumberProperty("from_seq", fromSeq);
            json.writeNumberProperty("to_seq", toSeq);
            json.writeNumberProperty("from_pos", fromPos);
            json.writeNumberProperty("to_pos", toPos);
            json.writeNumberProperty("ms", SpeechTime.millis(toPos - fromPos));
            json.writeStringProperty("cause", cause.wireName());
            now(json, now);
        });
    }

    static String levels(MixLevels levels) {
        return JsonLine.object(json -> {
            json.writeStringProperty("t", "levels");
            json.writeNumberProperty("changes", levels.changes());
            json.writeNumberProperty("peak_db", rounded(levels.peakDb()));
            json.writeNumberProperty("rms_db", rounded(levels.rmsDb()));
            json.writeArrayPropertyStart("sources");
            for (MixLevels.SourceLoudness source : levels.sources()) {
                json.writeStartObject();
                json.writeStringProperty("name", source.name());
                json.writeNumberProperty("peak_db", rounded(source.peakDb()));
                json.writeNumberProperty("rms_db", rounded(source.rmsDb()));
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static double rounded(double decibels) {
        return Math.round(decibels * 10) / 10.0;
    }

    static String error(String code, String message, boolean fatal) {
        return JsonLine.object(json -> {
            json.writeStringProperty("t", "error");
            json.writeStringProperty("code", code);
            json.writeStringProperty("message", message);
            json.writeBooleanProperty("fatal", fatal);
        });
    }

    /** @param ref null if the client named none */
    static String refused(@Nullable String ref, String code, String message) {
        return JsonLine.object(json -> {
            json.writeStringProperty("t", "error");
            if (ref != null) {
                json.writeStringProperty("ref", ref);
            }
            json.writeStringProperty("code", code);
            json.writeStringProperty("message", message);
            json.writeBooleanProperty("fatal", false);
        });
    }

    /** @param control for this listener alone */
    static String control(PlayerControl control) {
        return JsonLine.object(json -> {
            json.writeStringProperty("t", "control");
            EventJson.control(json, control);
        });
    }

    static String said(String ref, String id) {
        return JsonLine.object(json -> {
            json.writeStringProperty("t", "said");
            json.writeStringProperty("ref", ref);
            json.writeStringProperty("id", id);
        });
    }

    /** Returns the good-bye to a client that is to come back, and to resume. */
    static String byeUntil(long reconnectAfterMillis) {
        return bye("drain", reconnectAfterMillis, true);
    }

    /** Returns the good-bye to a client whose channel is removed. */
    static String byeForGood() {
        return bye("removed", 0, false);
    }

    private static String bye(String reason, long reconnectAfterMillis, boolean resume) {
        return JsonLine.object(json -> {
            json.writeStringProperty("t", "bye");
            json.writeStringProperty("reason", reason);
            json.writeNumberProperty("reconnect_after_ms", reconnectAfterMillis);
            json.writeBooleanProperty("resume", resume);
        });
    }

    /** Writes how often players report, and how they spread what all of them would report at the same time. */
    static void reports(JsonGenerator json, BroadcastSettings settings) {
        json.writeNumberProperty("report_ms", settings.report().toMillis());
        if (settings.reportSpread().isPositive()) {
            json.writeNumberProperty("report_spread_ms", settings.reportSpread().toMillis());
        }
    }

    private static void now(JsonGenerator json, List<String> now) {
        json.writeArrayPropertyStart("now");
        now.forEach(json::writeRawValue);
        json.writeEndArray();
    }
}
