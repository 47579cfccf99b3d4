package dev.stentor.broadcast;

import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Wishes of one channel for how its listeners are treated; null means as on all other channels.
 *
 * @param ring the time for which entries are kept
 * @param lag the time by which a listener may fall behind
 * @param policy for a listener that falls behind further
 * @param opusBitrate of the Opus that is made of the sound, in bit/s
 * @param groupDelay how long after it is due players that play in step play a sample
 */
public record DeliverySettings(
        @Nullable Duration ring,
        @Nullable Duration lag,
        @Nullable LagPolicy policy,
        @Nullable Integer opusBitrate,
        @Nullable Duration groupDelay) {

    /** No wishes: as on all other channels. */
    static final DeliverySettings USUAL = new DeliverySettings(null, null, null, null, null);
}
