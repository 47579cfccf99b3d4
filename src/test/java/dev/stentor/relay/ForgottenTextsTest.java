package dev.stentor.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.channel.Channel;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The texts that wait, when the cluster has lost all that it knew. */
class ForgottenTextsTest {

    private final RelayNodes nodes = new RelayNodes();
    private final RelayNode owner = nodes.add("a", 0);
    private final RelayNode heir = nodes.add("b", 7 * RelayNodes.HOUR);
    private final RecordingOutlet atHeir = new RecordingOutlet();

    @AfterEach
    void allMemoryGoesBack() {
        nodes.close();
    }

    @Test
    void textsThatWaitAreKeptAgainWhenTheClusterComesBackEmpty() {
        Channel channel = nodes.open(owner);
        nodes.join(heir, atHeir, null);
        String first = nodes.speak(channel, "one");
        String second = nodes.speak(channel, "two");
        String third = nodes.speak(channel, "three");
        nodes.pass(300);
        List<RelayNode> all = List.of(owner, heir);
        all.forEach(node -> node.cluster.cut(true));
        nodes.cluster.empty();
        nodes.pass(200);
        all.forEach(node -> node.cluster.cut(false));
        nodes.pass(1_000);
        owner.cluster.cut(true);
        nodes.pass(12_000);
        assertThat(RelayNodes.ends(atHeir)).containsExactly(first + " done", second + " failed", third + " done");
    }
}
