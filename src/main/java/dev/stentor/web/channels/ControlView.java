package dev.stentor.web.channels;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.stentor.channel.PlayerControl;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of how loud players are to play.
 *
 * @param volume factor from 0 to 1; null if it was never set
 * @param muted whether they are silent; null if it was never set
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ControlView(@Nullable Double volume, @Nullable Boolean muted) {

    static ControlView of(PlayerControl control) {
        return new ControlView(control.volume(), control.muted());
    }
}
