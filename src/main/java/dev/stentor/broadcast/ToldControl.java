package dev.stentor.broadcast;

import dev.stentor.channel.PlayerControl;
import org.jspecify.annotations.Nullable;

/**
 * The loudness that one listener was told alone.
 *
 * @param client the listener's own id; null if it gave none
 * @param control that holds for it from now on
 */
public record ToldControl(@Nullable String client, PlayerControl control) {}
