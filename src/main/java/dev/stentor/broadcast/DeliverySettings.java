package dev.stentor.broadcast;

import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one channel treats its listeners; null means as all others do.
 *
 * @param ring how much of the past is kept
 * @param lag how far a listener may fall behind
 * @param policy what happens then
 * @param opusBitrate of the Opus that is made of the sound, in bit/s
 */
public record DeliverySettings(
        @Nullable Duration ring,
        @Nullable Duration lag,
        @Nullable LagPolicy policy,
        @Nullable Integer opusBitrate) {

    /** As all others do. */
    public static final DeliverySettings USUAL = new DeliverySettings(null, null, null, null);
}
