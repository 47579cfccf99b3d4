package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.channel.ChannelStatus;
import dev.stentor.channel.PlayerControl;
import dev.stentor.clock.VirtualClock;
import dev.stentor.cluster.InProcessCluster;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What else a channel keeps that another node goes on with, and what the node does that lost it. */
class ChangedHandsTest {

    private static final byte[] SOUND = Signals.selfIndexing(60 * 480);

    private final VirtualClock clock = new VirtualClock();
    private final InProcessCluster cluster = new InProcessCluster(clock, 3_000);
    private final Map<String, RelayNode> nodes = new HashMap<>();
    private final RelayNode owner = node("a");
    private final RelayNode heir = node("b");
    private final RecordingOutlet atHeir = new RecordingOutlet();
    private final List<Listener> listeners = new ArrayList<>();

    private RelayNode node(String id) {
        var engine = ScriptedEngine.speaking(SOUND, 4_800);
        return new RelayNode(id, 0, clock, new MortalCluster(cluster), engine, nodes);
    }

    @AfterEach
    void allMemoryGoesBack() {
        listeners.forEach(Listener::leave);
        nodes.values().forEach(RelayNode::close);
        pass(20_000);
    }

    private void pass(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    private String speak(Channel channel, String text) {
        var spoken = channel.speak(SpeechRequest.of(text)).toFuture();
        clock.settle();
        return Objects.requireNonNull(spoken.getNow(null)).id();
    }

    private void join(RelayNode node, RecordingOutlet outlet) {
        listeners.add(node.join(outlet, null));
        pass(200);
    }

    private Channel opened() {
        Channel channel = owner.open();
        pass(100);
        return channel;
    }

    private static List<String> ends(RecordingOutlet outlet) {
        return outlet.texts("utterance.ended").stream()
                .map(ended ->
                        ended.path("id").asString() + " " + ended.path("reason").asString())
                .toList();
    }

    @Test
    void listenersOfANodeThatLostItsChannelComeBackOneAfterTheOther() {
        Channel channel = opened();
        List<RecordingOutlet> outlets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            var outlet = new RecordingOutlet();
            outlets.add(outlet);
            join(owner, outlet);
        }
        join(heir, atHeir);
        var _ = speak(channel, "one");
        pass(300);
        owner.cluster.cut(true);
        pass(8_000);
        owner.cluster.cut(false);
        pass(1_000);
        assertThat(outlets)
                .extracting(
                        outlet -> outlet.text("bye").path("reconnect_after_ms").asInt())
                .containsExactly(0, 250, 500, 750);
    }

    @Test
    void aNodeThatTakesAChannelOverAsksNobodyElseForItsTime() {
        heir.cluster.slow(clock, Duration.ofMillis(200));
        var _ = opened();
        join(heir, atHeir);
        pass(2_000);
        owner.cluster.cut(true);
        pass(12_000);
        assertThat(heir.channels.find(LOBBY)).isPresent();
        assertThat(heir.peers.askedItself).isZero();
    }

    @ParameterizedTest(name = "heard by the heir: {0}")
    @ValueSource(booleans = {true, false})
    void aPausedChannelStaysPausedAndAsLoudAsItWas(boolean heard) {
        Channel channel = opened();
        if (heard) {
            join(heir, atHeir);
        }
        var _ = owner.broadcasts
                .find(LOBBY)
                .orElseThrow()
                .players()
                .control(new PlayerControl(0.25, true))
                .subscribe();
        String first = speak(channel, "one");
        String second = speak(channel, "two");
        pass(300);
        var _ = channel.pause().subscribe();
        pass(2_000);
        owner.cluster.cut(true);
        pass(10_000);
        Channel next = heir.open();
        pass(5_000);
        assertThat(status(next).phase()).isEqualTo(ChannelEvent.Phase.PAUSED);
        assertThat(heir.broadcasts.find(LOBBY).orElseThrow().control()).isEqualTo(new PlayerControl(0.25, true));
        var _ = next.resume().subscribe();
        pass(5_000);
        assertThat(status(next).phase()).isEqualTo(ChannelEvent.Phase.IDLE);
        assertThat(status(next).pos()).isGreaterThan(60 * 480);
        if (heard) {
            assertThat(ends(atHeir)).containsExactly(first + " failed", second + " done");
            assertThat(atHeir.texts("pause")).hasSize(2);
        }
    }

    private ChannelStatus status(Channel channel) {
        var status = channel.status().toFuture();
        clock.settle();
        return Objects.requireNonNull(status.getNow(null));
    }
}
