package dev.stentor.broadcast;

import dev.stentor.channel.PlayerControl;
import java.util.Map;

/**
 * The loudness that was set on a channel.
 *
 * @param all for everybody
 * @param byClient for single listeners, by their own ids
 */
public record KnownControls(PlayerControl all, Map<String, PlayerControl> byClient) {

    public KnownControls {
        byClient = Map.copyOf(byClient);
    }

    /** Returns what was set for one listener alone. */
    static KnownControls of(String client, PlayerControl control) {
        return new KnownControls(PlayerControl.NONE, Map.of(client, control));
    }
}
