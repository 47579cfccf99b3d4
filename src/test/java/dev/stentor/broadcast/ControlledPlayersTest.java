package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.channel.PlayerControl;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Players that are told how loud to play: all of a channel, or one. */
class ControlledPlayersTest {

    private final Stage.Loop loop = new Stage.Loop();
    private final RecordingOutlet one = new RecordingOutlet();
    private final RecordingOutlet two = new RecordingOutlet();
    private final Stage stage = new Stage();

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
    }

    @Test
    void allAreToldAndWhoComesLaterToo() {
        var _ = stage.join(one, loop);
        assertThat(control(new PlayerControl(0.5, null))).isEqualTo(new PlayerControl(0.5, null));
        loop.run();
        assertThat(control(new PlayerControl(null, true))).isEqualTo(new PlayerControl(0.5, true));
        loop.run();
        assertThat(one.text("control").path("volume").asDouble()).isEqualTo(0.5);
        assertThat(one.text("control").has("muted")).isFalse();
        stage.clear();
        stage.join(two, loop).ping();
        JsonNode now = two.text("welcome").path("now");
        assertThat(now).hasSize(1);
        assertThat(now.get(0).path("t").asString()).isEqualTo("control");
        assertThat(now.get(0).path("volume").asDouble()).isEqualTo(0.5);
        assertThat(now.get(0).path("muted").asBoolean()).isTrue();
    }

    @Test
    void oneIsToldAloneAndAgainWheneverItComesBack() {
        var _ = stage.join(one, loop, request("c1", "kiosk-7", null));
        var _ = stage.join(two, loop, request("c2", null, null));
        assertThat(control("kiosk-7", new PlayerControl(0.2, null))).isEqualTo(new PlayerControl(0.2, null));
        assertThat(control("kiosk-7", new PlayerControl(null, true))).isEqualTo(new PlayerControl(0.2, true));
        loop.run();
        assertThat(one.text("control").path("volume").asDouble()).isEqualTo(0.2);
        assertThat(one.text("control").has("seq")).isFalse();
        assertThat(two.texts("control")).isEmpty();
        assertThat(control("c2", new PlayerControl(null, true))).isEqualTo(new PlayerControl(null, true));
        loop.run();
        assertThat(two.text("control").path("muted").asBoolean()).isTrue();

        var back = new RecordingOutlet();
        var _ = stage.join(back, loop, request("c3", "kiosk-7", new Resume(Stage.EPOCH, 0, null)));
        assertThat(back.text("control").path("volume").asDouble()).isEqualTo(0.2);
        assertThat(back.text("control").path("muted").asBoolean()).isTrue();
    }

    @Test
    void whatAllAreToldHoldsForEachOfThem() {
        Listener first = stage.join(one, loop, request("c1", "kiosk-7", null));
        assertThat(control("kiosk-7", new PlayerControl(0.2, null))).isNotNull();
        assertThat(control(new PlayerControl(0.9, null))).isNotNull();
        loop.run();
        first.leave();
        stage.clock.settle();
        stage.join(two, loop, request("c2", "kiosk-7", null)).ping();
        assertThat(two.texts("control")).isEmpty();
        assertThat(two.text("welcome").path("now").get(0).path("volume").asDouble())
                .isEqualTo(0.9);
    }

    @Test
    void nobodyOfThatNameIsNobody() {
        var _ = stage.join(one, loop, request("c1", "kiosk-7", null));
        assertThat(control("kiosk-8", new PlayerControl(0.2, null))).isNull();
    }

    @Test
    void aChannelThatIsGoneTellsNobody() {
        stage.broadcast.close();
        assertThat(control(new PlayerControl(0.2, null))).isNull();
    }

    @Test
    void theOldestOfVeryManyIsForgotten() {
        for (int i = 0; i <= 1_000; i++) {
            Listener kiosk = stage.join(new RecordingOutlet(), loop, request("c" + i, "kiosk-" + i, null));
            assertThat(control("kiosk-" + i, new PlayerControl(0.5, null))).isNotNull();
            kiosk.leave();
        }
        var _ = stage.join(one, loop, request("d0", "kiosk-0", null));
        var _ = stage.join(two, loop, request("d1", "kiosk-1", null));
        assertThat(one.texts("control")).isEmpty();
        assertThat(two.texts("control")).hasSize(1);
    }

    private static JoinRequest request(String connection, @Nullable String client, @Nullable Resume resume) {
        return new JoinRequest(connection, client, Start.LIVE, resume, Format.PCM, false);
    }

    private @Nullable PlayerControl control(PlayerControl change) {
        return told(stage.broadcast.players().control(change));
    }

    private @Nullable PlayerControl control(String name, PlayerControl change) {
        return told(stage.broadcast.players().control(name, change).map(ToldControl::control));
    }

    private @Nullable PlayerControl told(Mono<PlayerControl> answer) {
        var told = new AtomicReference<@Nullable PlayerControl>();
        answer.subscribe(told::set);
        stage.clock.settle();
        return told.get();
    }
}
