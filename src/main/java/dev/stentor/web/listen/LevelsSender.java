package dev.stentor.web.listen;

import dev.stentor.channel.MixLevels;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A timer that sends a listener the loudness of the mix. It sends nothing while nothing changes. What the client has no room for is left
 * out, and the latest is sent later. Confined to the connection's event loop.
 */
final class LevelsSender {

    /** The shortest time between two messages. */
    static final Duration INTERVAL = Duration.ofMillis(100);

    private final EventLoop loop;
    private final Predicate<MixLevels> send;
    private @Nullable Future<?> timer;
    private @Nullable MixLevels sent;
    private boolean stopped;

    /**
     * Creates a sender that sends nothing before it is started.
     *
     * @param send an action that sends the loudness; tells whether it was sent
     */
    LevelsSender(EventLoop loop, Predicate<MixLevels> send) {
        this.loop = loop;
        this.send = send;
    }

    /**
     * Starts the timer, unless it was stopped already.
     *
     * @param levels tells how loud the mix is; null while that is not known
     */
    void start(Supplier<@Nullable MixLevels> levels) {
        if (!stopped) {
            timer = loop.scheduleAtFixedRate(
                    () -> beat(levels.get()), INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void beat(@Nullable MixLevels now) {
        if (now != null && !now.equals(sent) && send.test(now)) {
            sent = now;
        }
    }
}
