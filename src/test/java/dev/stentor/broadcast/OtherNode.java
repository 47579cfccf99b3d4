package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.clock.OffsetClock;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A node that hears the channel of a {@link Stage}, in the same virtual time. */
final class OtherNode {

    final Stage.Memory allocator = new Stage.Memory();
    final OffsetClock clock;
    final FedBroadcast fed;
    boolean over;
    private final Stage stage;
    private final List<Listener> listeners = new ArrayList<>();
    private final Stage.Loop loop = new Stage.Loop();

    OtherNode(Stage stage) {
        this.stage = stage;
        var settings = new BroadcastSettings(
                Duration.ofSeconds(20), Duration.ofSeconds(2), LagPolicy.CLOSE, Duration.ofSeconds(1), 500, "other");
        var broadcasts = new Broadcasts(
                settings,
                new SoundEncoding(stage.workers, OpusSettings.SPEECH, Mp3BitRate.SPEECH, stage.stats, stage.mp3Stats),
                stage.clock,
                allocator,
                (cause, gaps, millis) -> stage.losses.add(cause + " " + gaps + " " + millis));
        clock = new OffsetClock(stage.clock, 0);
        clock.shift(new OffsetClock.Offset(0, 1));
        fed = broadcasts.feed(Stage.LOBBY, clock, () -> over = true);
    }

    Broadcast broadcast() {
        return Objects.requireNonNull(fed.opened().block(Duration.ZERO));
    }

    Listener join(RecordingOutlet outlet) {
        return join(outlet, Start.LIVE, null, Format.PCM);
    }

    Listener join(RecordingOutlet outlet, Start start, JoinRequest.@Nullable Resume resume, Format format) {
        var listener = new Listener(outlet, loop, stage.clock::micros, Duration.ofSeconds(1));
        listeners.add(listener);
        broadcast().join(listener, new JoinRequest("d" + listeners.size(), null, start, resume, format, false));
        run();
        return listener;
    }

    /** Lets its event loop do all that it has to do. */
    void run() {
        stage.clock.settle();
        stage.encode();
        loop.run();
    }

    /** Ends everything, and checks that all memory of messages went back. */
    void close() {
        listeners.forEach(Listener::leave);
        run();
        fed.lose();
        run();
        assertThat(allocator.metric().directArenas().stream()
                        .mapToLong(arena -> arena.numActiveAllocations())
                        .sum())
                .as("message buffers not given back")
                .isZero();
    }
}
