package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.Channel;
import dev.stentor.clock.VirtualClock;
import dev.stentor.cluster.InProcessCluster;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.usage.Account;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A channel that is removed while its node cannot tell that to anybody. */
class RemovedChannelTest {

    private static final byte[] SOUND = Signals.selfIndexing(60 * 480);

    private final VirtualClock clock = new VirtualClock();
    private final InProcessCluster cluster = new InProcessCluster(clock, 3_000);
    private final Map<String, RelayNode> nodes = new HashMap<>();
    private final RelayNode owner = node("a");
    private final RelayNode other = node("b");
    private final RecordingOutlet there = new RecordingOutlet();

    private RelayNode node(String id) {
        var engine = ScriptedEngine.speaking(SOUND, 4_800);
        return new RelayNode(id, 0, clock, new MortalCluster(cluster), engine, nodes);
    }

    @AfterEach
    void allMemoryGoesBack() {
        nodes.values().forEach(RelayNode::close);
        pass(20_000);
    }

    private void pass(long millis) {
        clock.advance(Duration.ofMillis(millis));
    }

    private void speak(Channel channel) {
        var _ = channel.speak(SpeechRequest.of("text")).subscribe();
        clock.settle();
    }

    @ParameterizedTest(name = "away for {0} ms")
    @ValueSource(longs = {1_000, 3_000, 30_000})
    void aChannelThatIsRemovedWhileTheClusterIsAwayStaysRemoved(long away) {
        Channel channel = owner.open();
        pass(100);
        Listener listener = other.join(there, null);
        pass(100);
        speak(channel);
        speak(channel);
        pass(300);
        cluster.away(true);
        owner.broadcasts.remove(LOBBY);
        var _ = owner.channels.remove(LOBBY).subscribe();
        pass(away);
        cluster.away(false);
        pass(5_000);
        assertThat(there.closes).containsExactly(CloseReason.NO_SUCH_CHANNEL);
        assertThat(cluster.kept(LOBBY.value()).block(Duration.ZERO)).isEmpty();
        assertThat(other.channels.find(LOBBY)).isEmpty();
        var utterances = other.open().utterances(10).toFuture();
        clock.settle();
        assertThat(utterances.getNow(null)).isEmpty();
        listener.leave();
    }

    @Test
    void aChannelThatWasRemovedWhileTheClusterWasAwayMayBeMadeAgainWhenItIsBack() {
        speak(owner.open());
        pass(300);
        cluster.away(true);
        var _ = owner.channels.remove(LOBBY).subscribe();
        pass(10_000);
        var refused = owner.channels.open(LOBBY, true, Account.NONE).toFuture();
        pass(4_000);
        assertThat(refused).isCompletedExceptionally();
        cluster.away(false);
        pass(1_000);
        Channel again = owner.open();
        Listener listener = other.join(there, null);
        pass(200);
        speak(again);
        pass(3_000);
        assertThat(there.sound()).isEqualTo(SOUND);
        listener.leave();
    }
}
