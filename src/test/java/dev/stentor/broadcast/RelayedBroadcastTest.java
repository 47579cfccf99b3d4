package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.PlayerControl;
import dev.stentor.clock.OffsetClock;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A channel of one node that is heard on another: the same entries under the same numbers. */
class RelayedBroadcastTest {

    private static final Duration LEAD = Duration.ofSeconds(1);

    private final RelayedEntries entries = new RelayedEntries();
    private final Stage owner =
            new Stage(entries, ChannelSettings.conversation().withLead(LEAD));
    private final OtherNode other = new OtherNode(owner);
    private final Stage.Loop loop = new Stage.Loop();
    private final RecordingOutlet here = new RecordingOutlet();
    private final RecordingOutlet there = new RecordingOutlet();

    @AfterEach
    void allMemoryGoesBack() {
        owner.close();
        other.close();
    }

    private void hand() {
        owner.clock.settle();
        entries.handTo(other.fed);
        other.run();
        loop.run();
    }

    private void play(int frames) {
        for (int i = 0; i < frames; i++) {
            owner.play(1);
            hand();
        }
    }

    private static List<ByteBuffer> bytes(RecordingOutlet outlet) {
        return outlet.entries().stream().map(ByteBuffer::wrap).toList();
    }

    @Test
    void listenersOfBothNodesGetTheSameBytes() {
        hand();
        var _ = owner.join(here, loop);
        var _ = other.join(there);
        owner.start("u1");
        play(30);
        owner.clear();
        owner.start("u2");
        play(150);
        owner.end("u2");
        hand();
        assertThat(bytes(there)).hasSize(186).isEqualTo(bytes(here));
        assertThat(there.sound()).isEqualTo(Signals.selfIndexing(180 * SpeechTime.FRAME_SAMPLES));
        assertThat(there.text("welcome").path("epoch").asLong()).isEqualTo(Stage.EPOCH);
        assertThat(there.text("welcome").path("clock").asString()).isEqualTo("node");
        assertThat(there.text("welcome").at("/limits/policy").asString())
                .as("listeners are treated as the owner says")
                .isEqualTo("skip");
    }

    @Test
    void aNodeThatComesInMidSentenceBeginsWithAStateThatIsStillKnown() {
        owner.start("u1");
        owner.play(350);
        owner.clock.settle();
        entries.told.subList(0, 120).clear(); // the history is short
        hand();
        var _ = other.join(there, Start.RING, null, Format.PCM);
        JsonNode welcome = there.text("welcome");
        assertThat(welcome.path("now")
                        .valueStream()
                        .map(event -> event.path("t").asString()))
                .containsExactly("timeline", "utterance.started");
        assertThat(welcome.path("head_seq").asLong()).isEqualTo(352);
        long first = there.seqs().getFirst();
        assertThat(first).isBetween(120L, 221L);
        long frames = 352 - first + 1;
        assertThat(there.sound())
                .isEqualTo(Signals.selfIndexing(
                        (350 - frames) * SpeechTime.FRAME_SAMPLES, (int) frames * SpeechTime.FRAME_SAMPLES));
    }

    @Test
    void aListenerGoesOnAtTheOtherNodeWithoutLossOrRepetition() {
        Listener first = owner.join(here, loop);
        owner.start("u1");
        play(30);
        first.leave();
        loop.run();
        play(25);
        var _ = other.join(there, Start.LIVE, new Resume(Stage.EPOCH, 32, null), Format.PCM);
        play(5);
        assertThat(there.text("welcome").at("/resume/status").asString()).isEqualTo("ok");
        assertThat(there.sound())
                .isEqualTo(Signals.selfIndexing(30L * SpeechTime.FRAME_SAMPLES, 30 * SpeechTime.FRAME_SAMPLES));
    }

    @Test
    void whatTheOwnerTellsLateIsNoLagOfAListener() {
        hand();
        other.fed.goLive();
        Listener listener = other.join(there);
        owner.start("u1");
        play(10);
        owner.play(200);
        there.writable = false;
        hand();
        there.writable = true;
        listener.writable();
        other.run();
        assertThat(there.texts("gap")).isEmpty();
        assertThat(there.sound()).isEqualTo(Signals.selfIndexing(210 * SpeechTime.FRAME_SAMPLES));
    }

    @Test
    void soundThatItsOwnerHasHeldBackIsHandedOnAtOnce() {
        hand();
        other.fed.goLive();
        for (int i = 0; i < 200; i++) {
            var _ = other.join(i == 0 ? there : new RecordingOutlet());
        }
        owner.startAhead("u1", LEAD);
        play(50);
        for (there.sends.clear(); there.sends.isEmpty(); ) {
            play(1);
        }
        there.sends.clear();
        owner.clock.advance(Duration.ofMillis(140));
        for (int i = 0; i < 7; i++) {
            owner.frame();
        }
        hand();
        assertThat(there.sends).as("between two turns of its own").containsExactly(7);
    }

    @Test
    void anEntryThatTheOwnerAloneKnewIsNeverResumedFrom() {
        owner.start("u1");
        play(30);
        owner.play(5);
        entries.lose();
        var unknown = new Resume(Stage.EPOCH, 35, null);
        var _ = other.join(there, Start.LIVE, unknown, Format.PCM);
        assertThat(there.texts("welcome")).as("it may be on its way").isEmpty();
        owner.clock.advance(Duration.ofMillis(400));
        other.run();
        assertThat(there.text("welcome").at("/resume/status").asString()).isEqualTo("fresh");
    }

    @Test
    void anEntryThatIsOnItsWayIsWaitedFor() {
        owner.start("u1");
        play(30);
        owner.play(5);
        var _ = other.join(there, Start.LIVE, new Resume(Stage.EPOCH, 37, null), Format.PCM);
        hand();
        owner.clock.advance(Duration.ofMillis(400));
        other.run();
        assertThat(there.text("welcome").at("/resume/status").asString()).isEqualTo("ok");
    }

    @Test
    void whereEntriesAreMissingListenersAreAskedBackAndNothingLooksWhole() {
        hand();
        var _ = other.join(there);
        owner.start("u1");
        play(10);
        owner.play(1);
        entries.lose();
        play(1);
        assertThat(there.text("bye").path("resume").asBoolean()).isTrue();
        assertThat(there.closes).containsExactly(CloseReason.DRAIN);
        assertThat(other.over).isTrue();
        assertThat(there.frames()).hasSize(10);
    }

    @Test
    void theTimeIsThatOfTheChannelsClockAndSaysHowWrongItMayBe() {
        hand();
        Listener listener = other.join(there);
        other.clock.shift(new OffsetClock.Offset(5_000_000, 250));
        byte[] stamp = "7".getBytes(StandardCharsets.US_ASCII);
        listener.time(stamp, 0, 1, owner.clock.micros());
        JsonNode time = there.text("time");
        assertThat(time.path("t1").asLong()).isEqualTo(owner.clock.micros() + 5_000_000);
        assertThat(time.path("err_us").asLong()).isEqualTo(250);
    }

    @Test
    void theWallClockTellsTheTimeUntilItIsMeasured() {
        other.clock.shift(new OffsetClock.Offset(0, 0));
        hand();
        assertThat(other.broadcast().micros() - owner.clock.micros()).isBetween(-1L, 60_000_000L);
        assertThat(other.clock.offset().errorMicros()).isPositive();
    }

    @Test
    void onlyTheOwnerMakesEntriesOfTheAudienceOfAllNodes() {
        hand();
        for (int i = 0; i < 300; i++) {
            var _ = other.join(new RecordingOutlet());
        }
        var _ = other.join(there);
        assertThat(there.texts("stream")).as("nothing but the greeting").hasSize(1);
        owner.broadcast.count(other.broadcast().here());
        hand();
        assertThat(there.texts("stream").getLast().path("report_spread_ms").asLong())
                .isPositive();
        assertThat(owner.broadcast.listeners()).isEqualTo(301);
    }

    @Test
    void theLoudnessThatIsSetIsToldOnBothNodes() {
        hand();
        var _ = other.join(there);
        var _ = owner.broadcast.players().control(new PlayerControl(0.5, null)).subscribe();
        hand();
        assertThat(there.text("control").path("volume").asDouble()).isEqualTo(0.5);
    }

    @Test
    void opusIsMadeWhereItIsHeard() {
        hand();
        var _ = other.join(there, Start.LIVE, null, Format.OPUS);
        owner.start("u1");
        play(20);
        assertThat(there.text("stream").path("codec").asString()).isEqualTo("opus");
        assertThat(there.frames()).hasSize(20);
    }

    @Test
    void aChannelThatIsRemovedIsRemovedThereToo() {
        hand();
        var _ = other.join(there);
        owner.broadcast.remove();
        owner.broadcast.close();
        hand();
        assertThat(there.closes).containsExactly(CloseReason.NO_SUCH_CHANNEL);
        assertThat(entries.closed).isTrue();
    }

    @Test
    void whatAnotherVersionWroteIsNotGuessedAt() {
        ByteBuffer newer = ByteBuffer.wrap(new byte[] {9, 1});
        assertThatThrownBy(() -> FedEntry.read(newer)).hasMessageContaining("version 9");
    }
}
