package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.ListenerReport;
import dev.stentor.broadcast.ListenerStatus;
import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.TimelineSpan;
import dev.stentor.usage.Account;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A channel that one node has, and another hears; the clocks of the two show times that are hours apart. */
class SharedChannelsTest {

    private final RelayNodes nodes = new RelayNodes();
    private final RelayNode owner = nodes.add("a", 0);
    private final RelayNode other = nodes.add("b", 7 * RelayNodes.HOUR);
    private final RecordingOutlet here = new RecordingOutlet();
    private final RecordingOutlet there = new RecordingOutlet();

    @AfterEach
    void allMemoryGoesBack() {
        nodes.close();
    }

    private Broadcast heardThere() {
        return other.broadcasts.find(LOBBY).orElseThrow();
    }

    @Test
    void whatIsSpokenOnOneNodeIsHeardOnTheOtherToTheSample() {
        Channel channel = owner.open();
        nodes.pass(100);
        Listener local = owner.join(here, null);
        Listener remote = other.join(there, null);
        nodes.pass(100);
        var _ = nodes.speak(channel, "text");
        nodes.pass(3_000);
        assertThat(there.sound()).isEqualTo(RelayNodes.SOUND);
        assertThat(there.seqs())
                .isEqualTo(
                        LongStream.rangeClosed(1, there.seqs().size()).boxed().toList());
        assertThat(there.text("utterance.ended").path("reason").asString()).isEqualTo("done");
        assertThat(there.text("welcome").path("clock").asString()).isEqualTo("a");
        assertThat(there.text("welcome").path("server_us").asLong())
                .isBetween(owner.micros() - 5_000_000, owner.micros());
        local.leave();
        remote.leave();
    }

    @Test
    void aNodeThatHearsAChannelMayNotSpeakOnItAndSaysSo() {
        var _ = owner.open();
        nodes.clock.settle();
        assertThatThrownBy(() -> other.channels.open(LOBBY, true, Account.NONE).block(Duration.ZERO))
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("ChannelElsewhere"));
        assertThat(other.shared.elsewhere(LOBBY).block(Duration.ZERO)).isEqualTo(owner.self);
        assertThat(owner.shared.elsewhere(LOBBY).blockOptional(Duration.ZERO)).isEmpty();
    }

    @Test
    void theTimeThatIsToldIsThatOfTheOwner() {
        var _ = owner.open();
        nodes.pass(100);
        Listener listener = other.join(there, null);
        nodes.pass(2_000);
        byte[] stamp = "1".getBytes(StandardCharsets.US_ASCII);
        listener.time(stamp, 0, 1, other.micros());
        assertThat(there.text("time").path("t2").asLong()).isEqualTo(owner.micros());
        assertThat(there.text("time").path("err_us").asLong()).isBetween(1L, 1_000L);
        listener.leave();
    }

    @Test
    void aListenerChangesTheNodeWithoutLosingASample() {
        Channel channel = owner.open();
        nodes.pass(100);
        Listener first = owner.join(here, null);
        nodes.pass(100);
        var _ = nodes.speak(channel, "text");
        nodes.pass(500);
        first.leave();
        nodes.clock.settle();
        long last = here.seqs().getLast();
        long epoch = here.text("welcome").path("epoch").asLong();
        nodes.pass(200);
        Listener second = other.join(there, new Resume(epoch, last, null));
        nodes.pass(2_000);
        assertThat(there.text("welcome").at("/resume/status").asString()).isEqualTo("ok");
        assertThat(there.seqs().getFirst()).isEqualTo(last + 1);
        byte[] both = new byte[RelayNodes.SOUND.length];
        System.arraycopy(here.sound(), 0, both, 0, here.sound().length);
        System.arraycopy(there.sound(), 0, both, here.sound().length, there.sound().length);
        assertThat(both).isEqualTo(RelayNodes.SOUND);
        second.leave();
    }

    @Test
    void theOwnerCountsTheListenersOfAllNodes() {
        var _ = owner.open();
        nodes.pass(100);
        Listener listener = other.join(there, null);
        nodes.pass(3_000);
        assertThat(owner.broadcasts.find(LOBBY).orElseThrow().listeners()).isEqualTo(1);
        nodes.pass(120_000);
        assertThat(owner.channels.find(LOBBY)).as("it is heard").isPresent();
        listener.leave();
        nodes.pass(90_000);
        assertThat(owner.channels.find(LOBBY)).isEmpty();
    }

    @Test
    void theListenersOfTheLastOtherNodeAreForgottenWhenItIsGone() {
        var _ = owner.open();
        nodes.pass(100);
        Listener listener = other.join(there, null);
        nodes.pass(3_000);
        other.cluster.cut(true);
        nodes.pass(12_000);
        assertThat(owner.broadcasts.find(LOBBY).orElseThrow().listeners()).isZero();
        nodes.pass(90_000);
        assertThat(owner.channels.find(LOBBY)).as("nobody needs it").isEmpty();
        listener.leave();
    }

    @Test
    void theOwnerKnowsTheListenersOfAllNodesAndWhatTheyHeard() {
        Channel channel = owner.open();
        Listener listener = other.join(there, null);
        nodes.pass(3_000);
        var _ = nodes.speak(channel, "text");
        nodes.pass(1_000);
        listener.report(new ListenerReport(4_800, 1, 100, 0, "playing", null, null, null));
        var asked = owner.broadcasts.listeners(LOBBY).toFuture();
        nodes.clock.settle();
        ListenerStatus status = Objects.requireNonNull(asked.getNow(null)).getFirst();
        assertThat(status.connection()).isEqualTo("b-c1");
        assertThat(status.heard(1, List.of(new TimelineSpan(0, 48_000)), owner.micros()))
                .as("its report is dated by the channel's clock")
                .hasValue(4_800);
        listener.leave();
    }

    @Test
    void aChannelIsFollowedOnlyWhileSomebodyListens() {
        var _ = owner.open();
        nodes.pass(100);
        Listener listener = other.join(there, null);
        nodes.pass(10_000);
        assertThat(heardThere().listeners()).isEqualTo(1);
        listener.leave();
        nodes.pass(2_000);
        assertThat(other.broadcasts.find(LOBBY)).as("somebody may come soon").isPresent();
        nodes.pass(8_000);
        assertThat(other.broadcasts.find(LOBBY)).isEmpty();
        Listener later = other.join(there, null);
        nodes.pass(100);
        assertThat(there.texts("welcome")).hasSize(2);
        later.leave();
    }

    @Test
    void aChannelThatEndedAndCameAgainIsHeardFromItsNewBeginning() {
        var _ = nodes.speak(owner.open(), "text");
        nodes.pass(3_000);
        var _ = owner.channels.remove(LOBBY).subscribe();
        nodes.pass(100);
        var _ = nodes.speak(owner.open(), "text");
        nodes.pass(500);
        Listener listener = other.join(there, null);
        nodes.pass(3_000);
        assertThat(there.text("welcome").path("head_seq").asLong()).isLessThan(60);
        assertThat(there.text("utterance.ended").path("reason").asString()).isEqualTo("done");
        listener.leave();
    }

    @Test
    void aRemovedChannelIsGoneEverywhere() {
        var _ = owner.open();
        nodes.pass(100);
        Listener listener = other.join(there, null);
        nodes.pass(100);
        owner.broadcasts.remove(LOBBY);
        var _ = owner.channels.remove(LOBBY).subscribe();
        nodes.pass(100);
        assertThat(there.closes).containsExactly(CloseReason.NO_SUCH_CHANNEL);
        listener.leave();
        assertThat(other.open().output()).isEqualTo(heardThere());
    }

    @Test
    void whileTheClusterIsAwayLocalListenersHearOnAndTheOthersLoseNothing() {
        Channel channel = owner.open();
        nodes.pass(100);
        Listener local = owner.join(here, null);
        Listener remote = other.join(there, null);
        nodes.pass(100);
        var _ = nodes.speak(channel, "text");
        nodes.pass(300);
        nodes.cluster.away(true);
        nodes.pass(3_000);
        assertThat(here.sound()).isEqualTo(RelayNodes.SOUND);
        assertThat(there.sound().length).isLessThan(RelayNodes.SOUND.length);
        nodes.cluster.away(false);
        nodes.pass(3_000);
        assertThat(there.sound()).isEqualTo(RelayNodes.SOUND);
        local.leave();
        remote.leave();
    }

    @Test
    void whoOwnsAChannelCannotBeToldWhileTheClusterIsAway() {
        nodes.cluster.away(true);
        assertThatThrownBy(() -> other.shared.hear(LOBBY).block(Duration.ZERO))
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("ChannelUnreachable"));
        assertThatThrownBy(() -> other.channels.open(LOBBY, true, Account.NONE).block(Duration.ZERO))
                .isInstanceOf(ChannelException.class);
    }
}
