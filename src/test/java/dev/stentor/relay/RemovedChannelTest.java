package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.Channel;
import dev.stentor.usage.Account;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A channel that is removed while its node cannot tell that to anybody. */
class RemovedChannelTest {

    private final RelayNodes nodes = new RelayNodes();
    private final RelayNode owner = nodes.add("a", 0);
    private final RelayNode other = nodes.add("b", 0);
    private final RecordingOutlet there = new RecordingOutlet();

    @AfterEach
    void allMemoryGoesBack() {
        nodes.close();
    }

    @ParameterizedTest(name = "away for {0} ms")
    @ValueSource(longs = {1_000, 3_000, 30_000})
    void aChannelThatIsRemovedWhileTheClusterIsAwayStaysRemoved(long away) {
        Channel channel = owner.open();
        nodes.pass(100);
        Listener listener = other.join(there, null);
        nodes.pass(100);
        var _ = nodes.speak(channel, "text");
        var _ = nodes.speak(channel, "text");
        nodes.pass(300);
        nodes.cluster.away(true);
        owner.broadcasts.remove(LOBBY);
        var _ = owner.channels.remove(LOBBY).subscribe();
        nodes.pass(away);
        nodes.cluster.away(false);
        nodes.pass(5_000);
        assertThat(there.closes).containsExactly(CloseReason.NO_SUCH_CHANNEL);
        assertThat(nodes.cluster.kept(LOBBY.value()).block(Duration.ZERO)).isEmpty();
        assertThat(other.channels.find(LOBBY)).isEmpty();
        var utterances = other.open().utterances(10).toFuture();
        nodes.clock.settle();
        assertThat(utterances.getNow(null)).isEmpty();
        listener.leave();
    }

    @Test
    void aChannelThatWasRemovedWhileTheClusterWasAwayMayBeMadeAgainWhenItIsBack() {
        var _ = nodes.speak(owner.open(), "text");
        nodes.pass(300);
        nodes.cluster.away(true);
        var _ = owner.channels.remove(LOBBY).subscribe();
        nodes.pass(10_000);
        var refused = owner.channels.open(LOBBY, true, Account.NONE).toFuture();
        nodes.pass(4_000);
        assertThat(refused).isCompletedExceptionally();
        nodes.cluster.away(false);
        nodes.pass(1_000);
        Channel again = owner.open();
        Listener listener = other.join(there, null);
        nodes.pass(200);
        var _ = nodes.speak(again, "text");
        nodes.pass(3_000);
        assertThat(there.sound()).isEqualTo(RelayNodes.SOUND);
        listener.leave();
    }
}
