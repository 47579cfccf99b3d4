package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelStatus;
import dev.stentor.channel.PlayerControl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pause, loudness and listeners of a channel that another node goes on with, and the node that lost it. */
class ChangedHandsTest {

    private final RelayNodes nodes = new RelayNodes();
    private final RelayNode owner = nodes.add("a", 0);
    private final RelayNode heir = nodes.add("b", 0);
    private final RecordingOutlet atHeir = new RecordingOutlet();

    @AfterEach
    void allMemoryGoesBack() {
        nodes.close();
    }

    @Test
    void listenersOfANodeThatLostItsChannelComeBackOneAfterTheOther() {
        Channel channel = nodes.open(owner);
        List<RecordingOutlet> outlets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            var outlet = new RecordingOutlet();
            outlets.add(outlet);
            nodes.join(owner, outlet, null);
        }
        nodes.join(heir, atHeir, null);
        var _ = nodes.speak(channel, "one");
        nodes.pass(300);
        owner.cluster.cut(true);
        nodes.pass(8_000);
        owner.cluster.cut(false);
        nodes.pass(1_000);
        assertThat(outlets)
                .extracting(
                        outlet -> outlet.text("bye").path("reconnect_after_ms").asInt())
                .containsExactly(0, 250, 500, 750);
    }

    @Test
    void aNodeThatTakesAChannelOverAsksNobodyElseForItsTime() {
        heir.cluster.slow(nodes.clock, Duration.ofMillis(200));
        var _ = nodes.open(owner);
        nodes.join(heir, atHeir, null);
        nodes.pass(2_000);
        owner.cluster.cut(true);
        nodes.pass(12_000);
        assertThat(heir.channels.find(LOBBY)).isPresent();
        assertThat(heir.peers.askedItself).isZero();
    }

    @ParameterizedTest(name = "heard by the heir: {0}")
    @ValueSource(booleans = {true, false})
    void aPausedChannelStaysPausedAndAsLoudAsItWas(boolean heard) {
        Channel channel = nodes.open(owner);
        if (heard) {
            nodes.join(heir, atHeir, null);
        }
        var _ = owner.broadcasts
                .find(LOBBY)
                .orElseThrow()
                .players()
                .control(new PlayerControl(0.25, true))
                .subscribe();
        String first = nodes.speak(channel, "one");
        String second = nodes.speak(channel, "two");
        nodes.pass(300);
        var _ = channel.pause().subscribe();
        nodes.pass(2_000);
        owner.cluster.cut(true);
        nodes.pass(10_000);
        Channel next = heir.open();
        nodes.pass(5_000);
        assertThat(status(next).phase()).isEqualTo(ChannelEvent.Phase.PAUSED);
        assertThat(heir.broadcasts.find(LOBBY).orElseThrow().control()).isEqualTo(new PlayerControl(0.25, true));
        var _ = next.resume().subscribe();
        nodes.pass(5_000);
        assertThat(status(next).phase()).isEqualTo(ChannelEvent.Phase.IDLE);
        assertThat(status(next).pos()).isGreaterThan(RelayNodes.SAMPLES);
        if (heard) {
            assertThat(RelayNodes.ends(atHeir)).containsExactly(first + " failed", second + " done");
            assertThat(atHeir.texts("pause")).hasSize(2);
        }
    }

    private ChannelStatus status(Channel channel) {
        var status = channel.status().toFuture();
        nodes.clock.settle();
        return Objects.requireNonNull(status.getNow(null));
    }
}
