package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A limit for pauses: holds a channel's speech where it is, but never longer than a bound. Confined to the clock's thread. */
final class PauseLimit {

    private final TickClock clock;
    private final Playback playback;
    private final Runnable expired;
    private TickClock.@Nullable Timer end;

    /** @param expired called when the bound is reached and the channel is still paused */
    PauseLimit(TickClock clock, Playback playback, Runnable expired) {
        this.clock = clock;
        this.playback = playback;
        this.expired = expired;
    }

    /** Begins with the pause that an earlier life of the channel left, if there was one. */
    void inherit(Inheritance left, long nowMicros, Duration longest) {
        if (left.paused()) {
            begin(nowMicros, longest);
        }
    }

    /** Begins a pause, or prolongs the one that there is: the bound counts from now. */
    void begin(long nowMicros, Duration longest) {
        forget();
        playback.pause(nowMicros);
        end = clock.after(longest, () -> {
            if (playback.isPaused()) { // a cancellation may have ended it
                expired.run();
            }
        });
    }

    /** Ends the pause: the speech goes on where it was held. */
    void release(long nowMicros) {
        forget();
        playback.resume(nowMicros);
    }

    /** Stops the timer of the bound, since the pause is ended by something else. */
    void forget() {
        if (end != null) {
            end.cancel();
            end = null;
        }
    }
}
