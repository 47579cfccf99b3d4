package dev.stentor.channel;

import org.jspecify.annotations.Nullable;

/**
 * The loudness at which players are to play, as somebody sets it from afar. Each player applies it by itself; the sound that is sent stays
 * the same.
 *
 * @param volume factor from 0 to 1; null if it was never set
 * @param muted whether players are silent; null if it was never set
 */
public record PlayerControl(
        @Nullable Double volume, @Nullable Boolean muted) {

    /** Control of a channel on which nobody has set anything. */
    public static final PlayerControl NONE = new PlayerControl(null, null);

    public PlayerControl {
        if (volume != null && !(volume >= 0 && volume <= 1)) {
            throw new IllegalArgumentException("volume must be 0 to 1, was " + volume);
        }
    }

    /** Returns this control with what a later one sets. */
    public PlayerControl changedBy(PlayerControl later) {
        return new PlayerControl(
                later.volume == null ? volume : later.volume, later.muted == null ? muted : later.muted);
    }
}
