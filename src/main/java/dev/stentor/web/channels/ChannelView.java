package dev.stentor.web.channels;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.broadcast.BroadcastSettings;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.ChannelStatus;
import dev.stentor.channel.PlayerControl;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a channel.
 *
 * @param phase idle, synthesizing, playing, stalled or paused
 * @param pos number of samples released so far, at 24 kHz
 * @param utterances number of utterances that wait or play
 * @param listeners number of connections that listen, over WebSocket and plain HTTP
 * @param pinned whether the channel stays until it is removed
 * @param leadMillis how far ahead of real time frames are released, in milliseconds
 * @param lagPolicy treatment of a listener that is further behind than {@code lagMillis}: skip or close
 * @param lagMillis how far a listener may fall behind, in milliseconds
 * @param ringMillis length of the past that is kept, in milliseconds
 * @param opusBitrate bit rate of sound in Opus, in bits per second
 * @param groupDelayMillis how long after it is due players that play in step play a sample, in milliseconds
 * @param volume factor by which all players are to play; null if it was never set
 * @param muted whether all players are to be silent; null if it was never set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChannelView(
        String name,
        String phase,
        long pos,
        int utterances,
        int listeners,
        boolean pinned,
        String preset,
        @JsonProperty("lead_ms") long leadMillis,
        @JsonProperty("lag_policy") String lagPolicy,
        @JsonProperty("lag_ms") long lagMillis,
        @JsonProperty("ring_ms") long ringMillis,
        @JsonProperty("opus_bitrate") int opusBitrate,
        @JsonProperty("group_delay_ms") long groupDelayMillis,
        @Nullable Double volume,
        @Nullable Boolean muted) {

    static ChannelView of(
            ChannelStatus status,
            int listeners,
            boolean pinned,
            ChannelSettings speech,
            BroadcastSettings delivery,
            int opusBitrate,
            PlayerControl control) {
        return new ChannelView(
                status.name().value(),
                word(status.phase()),
                status.pos(),
                status.utterances(),
                listeners,
                pinned,
                word(speech.preset()),
                speech.lead().toMillis(),
                word(delivery.policy()),
                delivery.lag().toMillis(),
                delivery.ring().toMillis(),
                opusBitrate,
                delivery.groupDelayMillis(),
                control.volume(),
                control.muted());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
