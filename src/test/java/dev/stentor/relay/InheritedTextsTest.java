package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ClearRequest;
import dev.stentor.channel.Utterance;
import dev.stentor.channel.UtteranceRequest;
import dev.stentor.speech.SpeechRequest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The texts of a channel whose node is gone: what was spoken is listed, what is being written goes on. */
class InheritedTextsTest {

    private final RelayNodes nodes = new RelayNodes();
    private final RelayNode owner = nodes.add("a", 0);
    private final RelayNode heir = nodes.add("b", 7 * RelayNodes.HOUR);
    private final RelayNode third = nodes.add("c", -3 * RelayNodes.HOUR);
    private final RecordingOutlet atHeir = new RecordingOutlet();

    @AfterEach
    void allMemoryGoesBack() {
        nodes.close();
    }

    @Test
    void whatWasSpokenBeforeIsListedWithItsEnds() {
        Channel channel = nodes.open(owner);
        nodes.join(heir, atHeir, null);
        String done = nodes.speak(channel, "one");
        nodes.pass(2_000);
        String lost = nodes.speak(channel, "two");
        nodes.pass(500);
        owner.cluster.cut(true);
        int heard = atHeir.frames().size() - RelayNodes.FRAMES;
        nodes.pass(8_000);
        List<Utterance> known = nodes.known(heir.channels.find(LOBBY).orElseThrow());
        assertThat(known)
                .extracting(
                        Utterance::id,
                        Utterance::state,
                        utterance -> utterance.request().text())
                .containsExactly(tuple(done, Utterance.State.DONE, "one"), tuple(lost, Utterance.State.FAILED, "two"));
        assertThat(known.getFirst().samples()).isEqualTo(RelayNodes.SAMPLES);
        assertThat(known.getLast().samples()).isEqualTo((long) heard * SpeechTime.FRAME_SAMPLES);
        assertThat(Objects.requireNonNull(known.getLast().failure()).code()).isEqualTo("NodeLost");
    }

    @Test
    void theListOutlivesTwoNodesAndIsBounded() {
        Channel channel = nodes.open(owner);
        nodes.join(heir, atHeir, null);
        nodes.join(third, new RecordingOutlet(), null);
        for (int i = 0; i < 60; i++) {
            var _ = nodes.speak(channel, "text " + i);
        }
        nodes.pass(2_000);
        var _ = channel.clear(ClearRequest.all("test")).subscribe();
        nodes.pass(1_000);
        owner.cluster.cut(true);
        nodes.pass(8_000);
        heir.cluster.cut(true);
        nodes.pass(8_000);
        assertThat(nodes.known(third.channels.find(LOBBY).orElseThrow()))
                .hasSize(50)
                .last()
                .satisfies(last -> assertThat(last.request().text()).isEqualTo("text 59"));
    }

    @Test
    void anOpenTextThatWaitsGoesOnWithItsWriter() {
        Channel channel = nodes.open(owner);
        nodes.join(heir, atHeir, null);
        var _ = nodes.speak(channel, "one");
        String id = open(channel, "Once upon");
        write(channel, id, " a time");
        write(channel, id, " there was");
        nodes.pass(600);
        owner.cluster.cut(true);
        nodes.pass(8_000);
        Channel next = heir.channels.find(LOBBY).orElseThrow();
        var missing = next.write(id, 4L, " nothing").toFuture();
        nodes.clock.settle();
        assertThat(missing.exceptionNow()).isInstanceOf(ChannelException.class);
        write(next, id, " a gateway.");
        var ended = next.end(id, 4L).toFuture();
        nodes.pass(3_000);
        assertThat(ended).isCompleted();
        Utterance spoken = nodes.known(heir.channels.find(LOBBY).orElseThrow()).stream()
                .filter(utterance -> utterance.id().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(spoken.request().text()).isEqualTo("Once upon a time there was a gateway.");
        assertThat(RelayNodes.ends(atHeir)).contains(id + " done");
    }

    @Test
    void whatWasWrittenRightBeforeAPlannedStopGoesOn() {
        Channel channel = nodes.open(owner);
        nodes.join(heir, atHeir, null);
        var _ = nodes.speak(channel, "one");
        String id = open(channel, "Once upon");
        write(channel, id, " a time.");
        owner.close();
        nodes.pass(1_000);
        Channel next = heir.channels.find(LOBBY).orElseThrow();
        var ended = next.end(id, 2L).toFuture();
        nodes.pass(3_000);
        assertThat(ended).as("the piece came along").isCompleted();
        assertThat(RelayNodes.ends(atHeir)).contains(id + " done");
    }

    @Test
    void anOpenTextInMidSpeechEndsAndItsWriterIsToldSo() {
        Channel channel = nodes.open(owner);
        nodes.join(heir, atHeir, null);
        String id = open(channel, "Once upon a time. ");
        write(channel, id, "There was a gateway. ");
        nodes.pass(700);
        assertThat(atHeir.frames()).isNotEmpty();
        owner.cluster.cut(true);
        nodes.pass(8_000);
        assertThat(RelayNodes.ends(atHeir)).containsExactly(id + " failed");
        assertThat(atHeir.text("utterance.ended").at("/error/code").asString()).isEqualTo("NodeLost");
        Channel next = heir.channels.find(LOBBY).orElseThrow();
        var late = next.write(id, 2L, "More.").toFuture();
        nodes.clock.settle();
        assertThat(late.exceptionNow())
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo("UtteranceOver"));
        assertThat(nodes.known(heir.channels.find(LOBBY).orElseThrow()))
                .singleElement()
                .satisfies(utterance ->
                        assertThat(utterance.request().text()).isEqualTo("Once upon a time. There was a gateway. "));
    }

    private String open(Channel channel, String beginning) {
        var request =
                new UtteranceRequest(SpeechRequest.of(beginning), UtteranceRequest.Mode.ENQUEUE, null, null, true);
        var opened = channel.speak(request).toFuture();
        nodes.clock.settle();
        return Objects.requireNonNull(opened.getNow(null)).id();
    }

    private void write(Channel channel, String id, String piece) {
        var written = channel.write(id, null, piece).toFuture();
        nodes.clock.settle();
        assertThat(written).isCompleted();
    }
}
