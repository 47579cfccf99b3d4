package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.JoinRequest.Start;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The delay of players that play in step, as listeners are told of it. */
class GroupDelayTest {

    private final Stage.Loop loop = new Stage.Loop();
    private final RecordingOutlet one = new RecordingOutlet();
    private final RecordingOutlet two = new RecordingOutlet();
    private final Stage stage = new Stage(LagPolicy.CLOSE);

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
    }

    @Test
    void nobodyIsDelayedBeforeSomebodyAsks() {
        stage.join(one, loop).ping();
        stage.start("u1");
        stage.play(1, loop);
        assertThat(delays(one)).containsExactly(0);
    }

    @Test
    void whoAsksFirstInTheMidstOfSoundMakesAllPlayInStep() {
        stage.join(one, loop).ping();
        stage.start("u1");
        stage.play(10, loop);
        stage.join(two, loop, inStep("c2")).ping();
        loop.run();
        assertThat(delays(one)).containsExactly(0, 250);
        List<JsonNode> timelines = one.texts("timeline");
        assertThat(timelines.get(1).path("pos")).isEqualTo(timelines.get(0).path("pos"));
        assertThat(timelines.get(1).path("ts_us")).isEqualTo(timelines.get(0).path("ts_us"));
        assertThat(two.text("welcome").path("now").get(0).path("group_delay_ms").asInt())
                .isEqualTo(250);
        stage.join(new RecordingOutlet(), loop, inStep("c3")).ping();
        loop.run();
        assertThat(delays(one)).as("told once").hasSize(2);
        stage.clear();
        stage.start("u2");
        stage.play(1, loop);
        assertThat(delays(one)).containsExactly(0, 250, 250);
    }

    @Test
    void aChannelMayHaveADelayOfItsOwnAndChangeIt() {
        adjust(Duration.ofMillis(400));
        stage.join(one, loop, inStep("c1")).ping();
        stage.start("u1");
        stage.play(1, loop);
        adjust(Duration.ofMillis(100));
        loop.run();
        adjust(null);
        loop.run();
        assertThat(delays(one)).containsExactly(400, 100, 250);
    }

    @Test
    void whoPlaysInStepIsNotTooFarBehindForThat() {
        adjust(Duration.ofSeconds(2));
        Listener listener = stage.join(one, loop, inStep("c1"));
        stage.start("u1");
        stage.play(150, loop);
        listener.report(new ListenerReport(24_000, 1, 100, 0, "playing", null, null));
        stage.play(1, loop);
        assertThat(one.closes).isEmpty();
        stage.play(200, loop);
        listener.report(new ListenerReport(24_000, 1, 100, 0, "playing", null, null));
        stage.play(1, loop);
        assertThat(one.closes).hasSize(1);
    }

    private void adjust(@Nullable Duration delay) {
        stage.broadcasts.adjust(Stage.LOBBY, new DeliverySettings(null, Duration.ofSeconds(1), null, null, delay));
        stage.clock.settle();
    }

    private static List<Integer> delays(RecordingOutlet outlet) {
        return outlet.texts("timeline").stream()
                .map(told -> told.path("group_delay_ms").asInt())
                .toList();
    }

    private static JoinRequest inStep(String connection) {
        return new JoinRequest(connection, null, Start.LIVE, null, Format.PCM, true);
    }
}
