package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.Channel;
import dev.stentor.channel.Utterance;
import dev.stentor.usage.Account;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The node that has a channel is gone, and another one goes on with it. */
class TakeoverTest {

    private final RelayNodes nodes = new RelayNodes();
    private final RelayNode owner = nodes.add("a", 0);
    private final RelayNode heir = nodes.add("b", 7 * RelayNodes.HOUR);
    private final RelayNode third = nodes.add("c", -3 * RelayNodes.HOUR);
    private final RecordingOutlet atOwner = new RecordingOutlet();
    private final RecordingOutlet atHeir = new RecordingOutlet();
    private final RecordingOutlet atThird = new RecordingOutlet();
    private final List<Listener> listeners = new ArrayList<>();

    @AfterEach
    void allMemoryGoesBack() {
        listeners.forEach(Listener::leave);
        nodes.close();
    }

    private void join(RelayNode node, RecordingOutlet outlet) {
        listeners.add(node.join(outlet, null));
        nodes.pass(200);
    }

    private static List<ByteBuffer> bytes(RecordingOutlet outlet) {
        return outlet.entries().stream().map(ByteBuffer::wrap).toList();
    }

    @Test
    void theChannelSpeaksAgainWithinEightSecondsAndTellsWhatEnded() {
        Channel channel = nodes.open(owner);
        join(heir, atHeir);
        join(third, atThird);
        String first = nodes.speak(channel, "one");
        String second = nodes.speak(channel, "two");
        nodes.pass(500);
        owner.cluster.cut(true);
        int heard = atHeir.frames().size();
        assertThat(heard).isBetween(20, 40);
        nodes.pass(8_000);
        assertThat(atHeir.frames().size()).as("it speaks again").isGreaterThan(heard);
        nodes.pass(2_000);
        assertThat(RelayNodes.ends(atHeir)).containsExactly(first + " failed", second + " done");
        assertThat(atHeir.text("utterance.ended").at("/error/code").asString()).isEqualTo("NodeLost");
        assertThat(atHeir.text("utterance.ended").path("samples").asLong())
                .isEqualTo((long) heard * SpeechTime.FRAME_SAMPLES);
        byte[] all = Arrays.copyOf(RelayNodes.SOUND, heard * SpeechTime.FRAME_BYTES + RelayNodes.SOUND.length);
        System.arraycopy(RelayNodes.SOUND, 0, all, heard * SpeechTime.FRAME_BYTES, RelayNodes.SOUND.length);
        assertThat(atHeir.sound()).isEqualTo(all);
        assertThat(atHeir.seqs())
                .isEqualTo(
                        LongStream.rangeClosed(1, atHeir.seqs().size()).boxed().toList());
        assertThat(atHeir.closes).isEmpty();
        assertThat(atHeir.texts("stream").getLast().path("epoch").asLong())
                .isGreaterThan(atHeir.text("welcome").path("epoch").asLong());
        assertThat(atHeir.text("welcome").path("clock").asString()).isEqualTo("a");
        assertThat(bytes(atThird)).isEqualTo(bytes(atHeir));
    }

    @Test
    void positionsAndTimesGoOn() {
        Channel channel = nodes.open(owner);
        join(heir, atHeir);
        var _ = nodes.speak(channel, "one");
        var _ = nodes.speak(channel, "two");
        nodes.pass(500);
        owner.cluster.cut(true);
        nodes.pass(10_000);
        List<byte[]> frames = atHeir.frames();
        for (int i = 1; i < frames.size(); i++) {
            ByteBuffer frame = ByteBuffer.wrap(frames.get(i));
            ByteBuffer before = ByteBuffer.wrap(frames.get(i - 1));
            assertThat(frame.getLong(8)).isEqualTo(before.getLong(8) + SpeechTime.FRAME_SAMPLES);
            assertThat(frame.getLong(16)).isBetween(before.getLong(16) + 1, owner.micros());
            assertThat(frame.getShort(2)).isEqualTo(before.getShort(2));
        }
    }

    @Test
    void aListenerOfTheNodeThatIsGoneResumesElsewhere() {
        Channel channel = nodes.open(owner);
        join(owner, atOwner);
        join(heir, atHeir);
        var _ = nodes.speak(channel, "one");
        var _ = nodes.speak(channel, "two");
        nodes.pass(500);
        owner.cluster.cut(true);
        long last = atOwner.seqs().getLast();
        long epoch = atOwner.text("welcome").path("epoch").asLong();
        nodes.pass(7_000);
        var elsewhere = new RecordingOutlet();
        listeners.add(third.join(elsewhere, new Resume(epoch, last, null)));
        nodes.pass(3_000);
        JsonNode welcome = elsewhere.text("welcome");
        assertThat(welcome.at("/resume/status").asString()).isEqualTo("ok");
        assertThat(welcome.path("epoch").asLong()).isGreaterThan(epoch);
        assertThat(elsewhere.seqs().getFirst()).isEqualTo(last + 1);
        assertThat(RelayNodes.ends(elsewhere)).hasSize(2);
    }

    @Test
    void whatOnlyTheLostNodeHadSentIsNeverResumedFrom() {
        Channel channel = nodes.open(owner);
        join(owner, atOwner);
        join(heir, atHeir);
        var _ = nodes.speak(channel, "one");
        nodes.pass(500);
        owner.cluster.cut(true);
        nodes.pass(200);
        long last = atOwner.seqs().getLast();
        assertThat(last).isGreaterThan(atHeir.seqs().getLast());
        nodes.pass(7_000);
        var elsewhere = new RecordingOutlet();
        long epoch = atOwner.text("welcome").path("epoch").asLong();
        listeners.add(heir.join(elsewhere, new Resume(epoch, last, null)));
        nodes.pass(1_000);
        assertThat(elsewhere.text("welcome").at("/resume/status").asString()).isEqualTo("fresh");
    }

    @Test
    void aNodeThatComesBackGivesTheChannelUp() {
        Channel channel = nodes.open(owner);
        join(owner, atOwner);
        join(heir, atHeir);
        var _ = nodes.speak(channel, "one");
        nodes.pass(300);
        owner.cluster.cut(true);
        nodes.pass(8_000);
        assertThat(heir.channels.find(LOBBY)).isPresent();
        owner.cluster.cut(false);
        nodes.pass(1_000);
        assertThat(owner.channels.find(LOBBY)).isEmpty();
        assertThat(atOwner.closes).contains(CloseReason.DRAIN);
        assertThat(atOwner.text("bye").path("resume").asBoolean()).isTrue();
        assertThat(heir.channels.find(LOBBY)).isPresent();
    }

    @Test
    void aRequestAtANodeThatHeardNothingGoesOnWithTheQueue() {
        Channel channel = nodes.open(owner);
        String first = nodes.speak(channel, "one");
        String second = nodes.speak(channel, "two");
        nodes.pass(500);
        owner.cluster.cut(true);
        nodes.pass(7_000);
        Channel next = heir.open();
        nodes.pass(2_000);
        var status = next.status().toFuture();
        nodes.clock.settle();
        assertThat(nodes.known(next))
                .extracting(Utterance::id, Utterance::state)
                .as("what was being spoken has failed, and what waited was spoken")
                .containsExactly(tuple(first, Utterance.State.FAILED), tuple(second, Utterance.State.DONE));
        assertThat(Objects.requireNonNull(status.getNow(null)).pos()).isGreaterThan(RelayNodes.SAMPLES);
    }

    @Test
    void aNodeThatCannotReadTheHistoryInTimeBeginsNothingAnewAndLeavesTheChannelToOthers() {
        Channel channel = nodes.open(owner);
        join(heir, atHeir);
        String first = nodes.speak(channel, "one");
        String second = nodes.speak(channel, "two");
        nodes.pass(500);
        third.cluster.loseHistory(true);
        owner.close();
        var refused = third.channels.open(LOBBY, true, Account.NONE).toFuture();
        nodes.pass(10_000);
        assertThat(refused).isCompletedExceptionally();
        assertThat(RelayNodes.ends(atHeir)).containsExactly(first + " failed", second + " done");
        assertThat(atHeir.closes).isEmpty();
        assertThat(heir.channels.find(LOBBY)).isPresent();
    }

    @Test
    void aPlannedStopHandsOverAtOnceAndAllThatWasSentIsKnown() {
        Channel channel = nodes.open(owner);
        join(owner, atOwner);
        join(heir, atHeir);
        String first = nodes.speak(channel, "one");
        String second = nodes.speak(channel, "two");
        nodes.pass(500);
        owner.close();
        nodes.pass(3_000);
        assertThat(RelayNodes.ends(atHeir)).containsExactly(first + " failed", second + " done");
        long last = atOwner.seqs().getLast();
        var elsewhere = new RecordingOutlet();
        long epoch = atOwner.text("welcome").path("epoch").asLong();
        listeners.add(third.join(elsewhere, new Resume(epoch, last, null)));
        nodes.pass(1_000);
        assertThat(elsewhere.text("welcome").at("/resume/status").asString()).isEqualTo("ok");
    }
}
