package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelName;
import dev.stentor.usage.Account;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node begins to have a channel that was somebody else's, or its own, a moment before; the cluster takes its time to answer. */
class BeginningTest {

    private final RelayNodes nodes = new RelayNodes();
    private final RelayNode owner = nodes.addFar("a", Duration.ofMillis(3));
    private final RelayNode heir = nodes.addFar("b", Duration.ofMillis(3));
    private final RecordingOutlet atHeir = new RecordingOutlet();

    @AfterEach
    void allMemoryGoesBack() {
        nodes.close();
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
        var _ = nodes.speak(nodes.open(owner), "text");
        nodes.pass(3_000);
        var _ = owner.channels.remove(LOBBY).subscribe();
        nodes.clock.settle();
        var opened = owner.channels.open(LOBBY, true, Account.NONE).toFuture();
        nodes.pass(100);
        Channel again = Objects.requireNonNull(opened.getNow(null));
        nodes.join(heir, atHeir, null);
        var _ = nodes.speak(again, "text");
        nodes.pass(15_000);
        assertThat(atHeir.sound()).isEqualTo(RelayNodes.SOUND);
        assertUnbroken(atHeir);
        assertThat(nodes.cluster.owner(LOBBY.value()).block(Duration.ZERO)).isNotNull();
        assertThat(owner.channels.find(LOBBY)).contains(again);
    }

    @Test
    void listenersAreAskedToComeBackIfTheChannelCannotGoOnHere() {
        for (int i = 0; i < 10; i++) {
            var _ = heir.channels
                    .put(new ChannelName("other-" + i), heir.channels.settings(), Account.NONE)
                    .subscribe();
            nodes.pass(100);
        }
        var _ = nodes.speak(nodes.open(owner), "text");
        nodes.join(heir, atHeir, null);
        lose(owner);
        nodes.pass(9_000);
        assertThat(atHeir.closes).containsExactly(CloseReason.DRAIN);
        assertThat(atHeir.text("bye").path("resume").asBoolean()).isTrue();
        assertThat(heir.broadcasts.find(LOBBY)).isEmpty();
        assertThat(nodes.cluster.owner(LOBBY.value()).blockOptional(Duration.ZERO))
                .isEmpty();
    }

    @Test
    void aRequestThatIsCancelledWhileItTakesAChannelOverLeavesThatToTheNext() {
        var _ = nodes.open(owner);
        lose(owner);
        nodes.pass(6_000);
        for (int millis = 1; millis < 60; millis += 3) {
            var asked = heir.channels.open(LOBBY, true, Account.NONE).subscribe();
            nodes.pass(millis);
            asked.dispose();
            nodes.pass(1);
            if (heir.channels.find(LOBBY).isPresent()) {
                break;
            }
        }
        nodes.join(heir, atHeir, null);
        nodes.pass(8_000);
        Channel next = heir.channels.find(LOBBY).orElseThrow();
        var _ = nodes.speak(next, "text");
        nodes.pass(3_000);
        assertThat(atHeir.sound()).isEqualTo(RelayNodes.SOUND);
        assertThat(atHeir.closes).isEmpty();
        assertThat(heir.broadcasts.find(LOBBY).orElseThrow()).isEqualTo(next.output());
    }

    @Test
    void aCancelledTakeoverLeavesNoListenerBehind() {
        Channel channel = nodes.open(owner);
        nodes.join(heir, atHeir, null);
        var _ = nodes.speak(channel, "text");
        nodes.pass(500);
        lose(owner);
        nodes.pass(5_990);
        for (int i = 0; i < 40; i++) {
            var asked = heir.channels.open(LOBBY, true, Account.NONE).subscribe(_ -> {}, _ -> {});
            nodes.pass(i);
            asked.dispose();
            nodes.pass(1);
        }
        nodes.pass(8_000);
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
        Channel channel = nodes.open(owner);
        nodes.join(heir, atHeir, null);
        var _ = nodes.speak(channel, "text");
        nodes.pass(3_000);
        nodes.cluster.empty();
        Channel next = heir.open();
        var _ = nodes.speak(next, "text");
        nodes.pass(8_000);
        assertThat(owner.channels.find(LOBBY)).isEmpty();
        assertThat(heir.channels.find(LOBBY)).contains(next);
        assertThat(heir.broadcasts.find(LOBBY).orElseThrow()).isEqualTo(next.output());
        assertThat(atHeir.closes).isEmpty();
        assertUnbroken(atHeir);
        List<byte[]> frames = atHeir.frames();
        assertThat(frames).hasSize(120);
        for (int i = 1; i < frames.size(); i++) {
            assertThat(ByteBuffer.wrap(frames.get(i)).getLong(8))
                    .isEqualTo(ByteBuffer.wrap(frames.get(i - 1)).getLong(8) + SpeechTime.FRAME_SAMPLES);
        }
    }

    @Test
    void manyThatComeAtOnceGetOneLifeOfAChannelThatIsTakenOver() {
        var _ = nodes.open(owner);
        lose(owner);
        nodes.pass(6_000);
        List<RecordingOutlet> outlets = new ArrayList<>();
        List<Listener> listeners = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            var outlet = new RecordingOutlet();
            outlets.add(outlet);
            var _ = heir.channels.open(LOBBY, true, Account.NONE).subscribe(_ -> {}, _ -> {});
            listeners.add(heir.join(outlet, null));
            nodes.pass(2);
        }
        nodes.pass(8_000);
        Channel next = heir.channels.find(LOBBY).orElseThrow();
        assertThat(heir.broadcasts.find(LOBBY).orElseThrow()).isEqualTo(next.output());
        var late = new RecordingOutlet();
        nodes.join(heir, late, null);
        var _ = nodes.speak(next, "text");
        nodes.pass(3_000);
        assertThat(late.sound()).isEqualTo(RelayNodes.SOUND);
        for (RecordingOutlet outlet : outlets) {
            assertThat(outlet.entries().isEmpty() ? RelayNodes.SOUND : outlet.sound())
                    .isEqualTo(RelayNodes.SOUND);
        }
        listeners.forEach(Listener::leave);
    }
}
