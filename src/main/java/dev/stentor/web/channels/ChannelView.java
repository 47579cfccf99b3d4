package dev.stentor.web.channels;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.broadcast.BroadcastSettings;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.ChannelStatus;
import java.util.Locale;

/**
 * A channel, as the API shows it.
 *
 * @param phase idle, synthesizing, playing, stalled or paused
 * @param pos samples released so far, at 24 kHz
 * @param utterances how many wait or play
 * @param listeners how many listen, over WebSocket and plain HTTP
 * @param pinned whether it stays until it is removed
 * @param lagPolicy what happens to a listener that is further behind than {@code lagMillis}
 * @param ringMillis how much of the past is kept
 */
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
        @JsonProperty("opus_bitrate") int opusBitrate) {

    static ChannelView of(
            ChannelStatus status,
            int listeners,
            boolean pinned,
            ChannelSettings speech,
            BroadcastSettings delivery,
            int opusBitrate) {
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
                opusBitrate);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
