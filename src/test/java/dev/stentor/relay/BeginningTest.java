package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelName;
import dev.stentor.clock.VirtualClock;
import dev.stentor.cluster.InProcessCluster;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.usage.Account;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node begins to have a channel that was somebody else's, or its own, a moment before; the cluster takes its time to answer. */
class BeginningTest {

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
        var way = new MortalCluster(cluster);
        way.slow(clock, Duration.ofMillis(3));
        return new RelayNode(id, 0, clock, way, engine, nodes);
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

    private void speak(Channel channel) {
        var _ = channel.speak(SpeechRequest.of("text")).subscribe();
        clock.settle();
    }

    private Channel opened() {
        Channel channel = owner.open();
        pass(100);
        return channel;
    }

    private void join(RelayNode node, RecordingOutlet outlet) {
        listeners.add(node.join(outlet, null));
        pass(200);
    }

    private void lose(RelayNode node) {
        node.cluster.cut(true);
    }

    private static void assertUnbroken(RecordingOutlet outlet) {
        assertThat(outlet.seqs())
                .isEqualTo(
                        LongStream.rangeClosed(1, outlet.seqs().size()).boxed().toList());
    }

    @Test
    void aChannelThatIsMadeAgainAtOnceIsHeardElsewhereFromItsFirstEntryAndStays() {
        speak(opened());
        pass(3_000);
        var _ = owner.channels.remove(LOBBY).subscribe();
        clock.settle();
        var opened = owner.channels.open(LOBBY, true, Account.NONE).toFuture();
        pass(100);
        Channel again = Objects.requireNonNull(opened.getNow(null));
        join(heir, atHeir);
        speak(again);
        pass(15_000);
        assertThat(atHeir.sound()).isEqualTo(SOUND);
        assertUnbroken(atHeir);
        assertThat(cluster.owner(LOBBY.value()).block(Duration.ZERO)).isNotNull();
        assertThat(owner.channels.find(LOBBY)).contains(again);
    }

    @Test
    void listenersAreAskedToComeBackIfTheChannelCannotGoOnHere() {
        for (int i = 0; i < 10; i++) {
            var _ = heir.channels
                    .put(new ChannelName("other-" + i), heir.channels.settings(), Account.NONE)
                    .subscribe();
            pass(100);
        }
        speak(opened());
        join(heir, atHeir);
        lose(owner);
        pass(9_000);
        assertThat(atHeir.closes).containsExactly(CloseReason.DRAIN);
        assertThat(atHeir.text("bye").path("resume").asBoolean()).isTrue();
        assertThat(heir.broadcasts.find(LOBBY)).isEmpty();
        assertThat(cluster.owner(LOBBY.value()).blockOptional(Duration.ZERO)).isEmpty();
    }

    @Test
    void aRequestThatIsCancelledWhileItTakesAChannelOverLeavesThatToTheNext() {
        var _ = opened();
        lose(owner);
        pass(6_000);
        for (int millis = 1; millis < 60; millis += 3) {
            var asked = heir.channels.open(LOBBY, true, Account.NONE).subscribe();
            pass(millis);
            asked.dispose();
            pass(1);
            if (heir.channels.find(LOBBY).isPresent()) {
                break;
            }
        }
        join(heir, atHeir);
        pass(8_000);
        Channel next = heir.channels.find(LOBBY).orElseThrow();
        speak(next);
        pass(3_000);
        assertThat(atHeir.sound()).isEqualTo(SOUND);
        assertThat(atHeir.closes).isEmpty();
        assertThat(heir.broadcasts.find(LOBBY).orElseThrow()).isEqualTo(next.output());
    }

    @Test
    void aCancelledTakeoverLeavesNoListenerBehind() {
        Channel channel = opened();
        join(heir, atHeir);
        speak(channel);
        pass(500);
        lose(owner);
        pass(5_990);
        for (int i = 0; i < 40; i++) {
            var asked = heir.channels.open(LOBBY, true, Account.NONE).subscribe(_ -> {}, _ -> {});
            pass(i);
            asked.dispose();
            pass(1);
        }
        pass(8_000);
        if (atHeir.closes.isEmpty()) {
            assertThat(heir.broadcasts.find(LOBBY).orElseThrow())
                    .isEqualTo(heir.channels.find(LOBBY).orElseThrow().output());
        } else {
            assertThat(atHeir.closes).containsExactly(CloseReason.DRAIN);
        }
        assertUnbroken(atHeir);
    }

    @Test
    void aNodeThatHearsAChannelGoesOnInItIfTheClusterHasForgottenWhoHasIt() {
        Channel channel = opened();
        join(heir, atHeir);
        speak(channel);
        pass(3_000);
        cluster.empty();
        Channel next = heir.open();
        speak(next);
        pass(8_000);
        assertThat(owner.channels.find(LOBBY)).isEmpty();
        assertThat(heir.channels.find(LOBBY)).contains(next);
        assertThat(heir.broadcasts.find(LOBBY).orElseThrow()).isEqualTo(next.output());
        assertThat(atHeir.closes).isEmpty();
        assertUnbroken(atHeir);
        List<byte[]> frames = atHeir.frames();
        assertThat(frames).hasSize(120);
        for (int i = 1; i < frames.size(); i++) {
            assertThat(ByteBuffer.wrap(frames.get(i)).getLong(8))
                    .isEqualTo(ByteBuffer.wrap(frames.get(i - 1)).getLong(8) + 480);
        }
    }

    @Test
    void manyThatComeAtOnceGetOneLifeOfAChannelThatIsTakenOver() {
        var _ = opened();
        lose(owner);
        pass(6_000);
        List<RecordingOutlet> outlets = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            var outlet = new RecordingOutlet();
            outlets.add(outlet);
            var _ = heir.channels.open(LOBBY, true, Account.NONE).subscribe(_ -> {}, _ -> {});
            listeners.add(heir.join(outlet, null));
            pass(2);
        }
        pass(8_000);
        Channel next = heir.channels.find(LOBBY).orElseThrow();
        assertThat(heir.broadcasts.find(LOBBY).orElseThrow()).isEqualTo(next.output());
        var late = new RecordingOutlet();
        join(heir, late);
        speak(next);
        pass(3_000);
        assertThat(late.sound()).isEqualTo(SOUND);
        for (RecordingOutlet outlet : outlets) {
            assertThat(outlet.entries().isEmpty() ? SOUND : outlet.sound()).isEqualTo(SOUND);
        }
    }
}
