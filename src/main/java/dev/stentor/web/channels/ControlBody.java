package dev.stentor.web.channels;

import dev.stentor.channel.PlayerControl;
import dev.stentor.web.edge.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/channels/{channel}/control}. Null means that a field was not given, and stays as it is.
 *
 * @param volume factor from 0 to 1
 * @param mute whether players are silent
 * @param listener id of a connection, or a listener's own id, up to 128 characters; null means all listeners
 */
record ControlBody(
        @Nullable Double volume,
        @Nullable Boolean mute,
        @Nullable String listener) {

    private static final int MAX_LISTENER_CHARACTERS = 128;

    /** Returns the change; throws {@link dev.stentor.web.edge.ProblemException} with the field that is wrong. */
    PlayerControl toControl() {
        if (volume == null && mute == null) {
            throw Problem.invalid("volume", "Give a volume, mute, or both.").exception();
        }
        if (volume != null && !(volume >= 0 && volume <= 1)) {
            throw Problem.invalid("volume", "The value is 0 to 1.").exception();
        }
        if (listener != null && (listener.isEmpty() || listener.length() > MAX_LISTENER_CHARACTERS)) {
            throw Problem.invalid("listener", "The id has 1 to " + MAX_LISTENER_CHARACTERS + " characters.")
                    .exception();
        }
        return new PlayerControl(volume, mute);
    }
}
