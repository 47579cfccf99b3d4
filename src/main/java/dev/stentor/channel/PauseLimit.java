package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Holds a channel's sound where it is, though never longer than a bound. Confined to the clock's thread. */
final class PauseLimit {

    private final TickClock clock;
    private final Playback playback;
    private TickClock.@Nullable Timer end;

    PauseLimit(TickClock clock, Playback playback) {
        this.clock = clock;
        this.playback = playback;
    }

    /** Holds it, or goes on holding it: the bound counts from now. */
    void begin(long nowMicros, Duration longest, Runnable expired) {
        forget();
        playback.pause(nowMicros);
        end = clock.after(longest, () -> {
            if (playback.isPaused()) { // a cancellation may have ended it
                expired.run();
            }
        });
    }

    /** Lets it go on where it was held. */
    void release(long nowMicros) {
        forget();
        playback.resume(nowMicros);
    }

    /** It is ended otherwise, or will be: nobody needs to look at the bound. */
    void forget() {
        if (end != null) {
            end.cancel();
            end = null;
        }
    }
}
