package dev.stentor.web.listen;

import dev.stentor.channel.Channel;
import dev.stentor.channel.MixLevels;
import dev.stentor.channel.MixMonitor;
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
    private final Supplier<Channel> channel;
    private final Predicate<MixLevels> send;
    private @Nullable Future<?> timer;
    private @Nullable MixLevels sent;

    /**
     * Creates a sender that sends nothing before it is started.
     *
     * @param channel supplies the channel whose mix it is, which it may make
     * @param send an action that sends the loudness; tells whether it was sent
     */
    LevelsSender(EventLoop loop, Supplier<Channel> channel, Predicate<MixLevels> send) {
        this.loop = loop;
        this.channel = channel;
        this.send = send;
    }

    /** Starts the timer, if the client asks for that. */
    void start(boolean wanted) {
        if (wanted) {
            MixMonitor monitor = channel.get().mixMonitor();
            timer = loop.scheduleAtFixedRate(
                    () -> beat(monitor.levels()), INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    private void beat(MixLevels now) {
        if (!now.equals(sent) && send.test(now)) {
            sent = now;
        }
    }
}
