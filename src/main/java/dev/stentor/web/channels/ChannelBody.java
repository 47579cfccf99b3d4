package dev.stentor.web.channels;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.BroadcastSettings;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.DeliverySettings;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.Preset;
import dev.stentor.web.edge.Problem;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /v1/channels/{channel}}. Null means that a field was not given; then the gateway's own setting applies.
 *
 * @param preset purpose of the channel: conversation or narration
 * @param leadMs how far ahead of real time frames are released, in milliseconds, 20 to 10,000 and at most the prefetch
 * @param lagPolicy treatment of a listener that is too far behind: skip or close
 * @param lagMs how far a listener may fall behind, in milliseconds, from 100 to the length of the ring
 * @param ringMs length of the past that is kept, in milliseconds, 1,000 to 120,000
 * @param opusBitrate bit rate of sound in Opus, in bits per second, 6,000 to 128,000
 * @param groupDelayMs how long after it is due players that play in step play a sample, in milliseconds, 0 to 2,000
 */
record ChannelBody(
        @Nullable String preset,
        @Nullable Long leadMs,
        @Nullable String lagPolicy,
        @Nullable Long lagMs,
        @Nullable Long ringMs,
        @Nullable Long opusBitrate,
        @Nullable Long groupDelayMs) {

    static final ChannelBody EMPTY = new ChannelBody(null, null, null, null, null, null, null);

    private static final long LEAST_OPUS_BITRATE = 6_000;
    private static final long MOST_OPUS_BITRATE = 128_000;
    private static final long LEAST_LEAD_MILLIS = SpeechTime.FRAME_MILLIS;
    private static final long MOST_LEAD_MILLIS = 10_000;
    private static final long LEAST_LAG_MILLIS = 100;
    private static final long MOST_GROUP_DELAY_MILLIS = 2_000;
    private static final long LEAST_RING_MILLIS = 1_000;
    private static final long MOST_RING_MILLIS = 120_000;

    /**
     * Returns the settings for speech, based on the usual ones. Throws {@link dev.stentor.web.edge.ProblemException} with the
     * field that is wrong.
     */
    ChannelSettings toSettings(ChannelSettings usual) {
        ChannelSettings chosen = switch (preset) {
            case null -> usual;
            case "conversation" -> usual.withPreset(Preset.CONVERSATION);
            case "narration" -> usual.withPreset(Preset.NARRATION);
            default ->
                throw Problem.invalid("preset", "The preset is conversation or narration.")
                        .exception();
        };
        if (leadMs == null) {
            return chosen;
        }
        long most = Math.min(MOST_LEAD_MILLIS, usual.prefetch().toMillis());
        return chosen.withLead(Duration.ofMillis(within("lead_ms", leadMs, LEAST_LEAD_MILLIS, most)));
    }

    /**
     * Returns the settings for listeners, which are checked against the usual ones. Throws {@link
     * dev.stentor.web.edge.ProblemException} with the field that is wrong.
     */
    DeliverySettings toDelivery(BroadcastSettings usual) {
        Duration ring = ringMs == null
                ? null
                : Duration.ofMillis(within("ring_ms", ringMs, LEAST_RING_MILLIS, MOST_RING_MILLIS));
        long mostLag = (ring == null ? usual.ring() : ring).toMillis();
        Duration lag = lagMs == null ? null : Duration.ofMillis(within("lag_ms", lagMs, LEAST_LAG_MILLIS, mostLag));
        if (lag == null && usual.lag().toMillis() > mostLag) {
            throw Problem.invalid(
                            "ring_ms",
                            "The ring is shorter than the lag of " + usual.lag().toMillis() + " ms.")
                    .exception();
        }
        Duration delay = groupDelayMs == null
                ? null
                : Duration.ofMillis(within("group_delay_ms", groupDelayMs, 0, MOST_GROUP_DELAY_MILLIS));
        return new DeliverySettings(ring, lag, toPolicy(), toBitrate(), delay);
    }

    private @Nullable LagPolicy toPolicy() {
        return switch (lagPolicy) {
            case null -> null;
            case "skip" -> LagPolicy.SKIP;
            case "close" -> LagPolicy.CLOSE;
            default ->
                throw Problem.invalid("lag_policy", "The policy is skip or close.")
                        .exception();
        };
    }

    private @Nullable Integer toBitrate() {
        return opusBitrate == null
                ? null
                : Math.toIntExact(within("opus_bitrate", opusBitrate, LEAST_OPUS_BITRATE, MOST_OPUS_BITRATE));
    }

    private static long within(String field, long value, long least, long most) {
        if (value < least || value > most) {
            throw Problem.invalid(field, "The value is " + least + " to " + most + ".")
                    .exception();
        }
        return value;
    }
}
