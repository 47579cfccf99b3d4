package dev.stentor.broadcast;

import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The delay of players that play in step. A channel has none until a listener asks to play in step, or it is set; then listeners are told with
 * the timeline, again if that holds already. Confined to the clock's thread, but for
 * {@link #isAsked}.
 */
final class GroupDelay {

    /** Delay if nobody sets another: more than the network of a house needs. */
    static final Duration STANDARD = Duration.ofMillis(250);

    private volatile boolean asked;
    private @Nullable TimelineMoved timeline;

    /** Takes note of what listeners are told. */
    void on(ChannelEvent event) {
        if (event instanceof TimelineMoved moved) {
            timeline = moved;
        } else if (event instanceof SpeechCleared) {
            timeline = null;
        }
    }

    /** Takes note that a listener plays in step; returns whether it is the first. */
    boolean ask() {
        boolean first = !asked;
        asked = true;
        return first;
    }

    /** Tells whether a listener has asked to play in step; from any thread. */
    boolean isAsked() {
        return asked;
    }

    /** Returns the same settings, with the standard delay if one is needed and none is set. */
    BroadcastSettings in(BroadcastSettings settings) {
        return asked && settings.groupDelay() == null ? settings.withGroupDelay(STANDARD) : settings;
    }

    /** Returns the timeline that is to be told again because the settings changed; null if none is. */
    @Nullable TimelineMoved again(BroadcastSettings before, BroadcastSettings after) {
        return Objects.equals(before.groupDelay(), after.groupDelay()) ? null : timeline;
    }
}
