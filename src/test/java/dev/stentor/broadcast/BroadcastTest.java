package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelEvent;
import dev.stentor.testing.Signals;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BroadcastTest {

    private final Stage.Loop loop = new Stage.Loop();
    private final Stage.Loop otherLoop = new Stage.Loop();
    private final RecordingOutlet one = new RecordingOutlet();
    private final RecordingOutlet two = new RecordingOutlet();
    private final Stage stage = new Stage();

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
    }

    @Test
    void listenersOnAnyLoopGetTheSameBytesInOrder() {
        stage.join(one, loop).ping();
        stage.join(two, otherLoop).ping();
        stage.start("u1");
        stage.play(50, loop, otherLoop);
        stage.end("u1");
        loop.run();
        otherLoop.run();
        assertThat(one.entries())
                .usingElementComparator(java.util.Arrays::compare)
                .isEqualTo(two.entries());
        assertThat(one.sound()).isEqualTo(Signals.selfIndexing(50 * 480));
        assertThat(one.seqs()).isEqualTo(LongStream.rangeClosed(1, 53).boxed().toList());
    }

    @Test
    void whatHasGatheredWhenTheChannelEndsIsForgotten() {
        var _ = stage.join(one, loop);
        stage.start("u1");
        stage.play(5, loop);
        int sent = one.entries().size();
        for (int n = 0; n < 1_000; n++) { // more than the memory that the loop knows already
            stage.broadcast.on(new ChannelEvent.SpeechPaused(5 * 480));
        }
        stage.broadcast.close();
        stage.broadcast.flush();
        loop.run();
        assertThat(one.entries()).hasSize(sent);
        assertThat(one.text("bye").path("reason").asString()).isEqualTo("drain");
    }

    @Test
    void aStalledListenerIsSkippedAheadAloneAndToldWhatItMissed() {
        Listener slow = stage.join(one, loop);
        stage.join(two, loop).ping();
        stage.start("u1");
        stage.play(10, loop);
        one.writable = false;
        stage.play(200, loop);
        assertThat(one.frames()).hasSize(10);
        assertThat(two.frames()).hasSize(210);
        one.writable = true;
        slow.writable();
        stage.play(10, loop);
        JsonNode gap = one.text("gap");
        assertThat(gap.path("from_seq").asLong()).isEqualTo(13);
        assertThat(gap.path("to_seq").asLong()).isEqualTo(212);
        assertThat(gap.path("from_pos").asLong()).isEqualTo(10 * 480);
        assertThat(gap.path("to_pos").asLong()).isEqualTo(210 * 480);
        assertThat(gap.path("ms").asLong()).isEqualTo(4_000);
        assertThat(gap.path("cause").asString()).isEqualTo("slow");
        assertThat(gap.path("now")).hasSize(2);
        assertThat(one.frames()).hasSize(20);
        assertThat(two.texts("gap")).isEmpty();
        assertThat(two.sound()).isEqualTo(Signals.selfIndexing(220 * 480));
    }

    @Test
    void aShortStallLosesNothing() {
        Listener slow = stage.join(one, loop);
        stage.start("u1");
        one.writable = false;
        stage.play(140, loop);
        one.writable = true;
        slow.writable();
        loop.run();
        assertThat(one.texts("gap")).isEmpty();
        assertThat(one.sound()).isEqualTo(Signals.selfIndexing(140 * 480));
    }

    @Test
    void aSocketThatFillsUpAgainAndAgainGetsEachEntryOnce() {
        one.capacity = 3;
        Listener listener = stage.join(one, loop);
        one.full = () -> loop.execute(() -> {
            one.makeRoom();
            listener.writable();
        });
        stage.start("u1");
        one.writable = false;
        stage.play(100, loop);
        one.writable = true;
        listener.writable();
        loop.run();
        assertThat(one.seqs()).isEqualTo(LongStream.rangeClosed(1, 102).boxed().toList());
        one.writable = false;
        stage.play(200, loop);
        one.writable = true;
        listener.writable();
        loop.run();
        assertThat(one.texts("gap")).hasSize(1);
    }

    @Test
    void underThePolicyCloseAListenerThatFellBehindIsClosed() {
        Stage strict = new Stage(LagPolicy.CLOSE);
        strict.join(one, loop).ping();
        strict.start("u1");
        one.writable = false;
        strict.play(160, loop);
        assertThat(one.closes).containsExactly(CloseReason.SLOW);
        strict.close();
    }

    @Test
    void flowOffStopsTheEntriesAndOnTellsWhatWasMissed() {
        Listener listener = stage.join(one, loop);
        stage.start("u1");
        stage.play(5, loop);
        listener.flow(false);
        stage.play(10, loop);
        assertThat(one.frames()).hasSize(5);
        listener.flow(true);
        assertThat(one.text("gap").path("cause").asString()).isEqualTo("policy");
        assertThat(one.text("gap").path("ms").asLong()).isEqualTo(200);
    }

    @Test
    void questionsOfAClientThatDoesNotReadPileUpNowhere() {
        Listener listener = stage.join(one, loop);
        one.writable = false;
        for (int i = 0; i < 1_000; i++) {
            listener.time(new byte[] {'1'}, 0, 1, 2);
        }
        assertThat(one.texts("time")).isEmpty();
        one.writable = true;
        listener.time(new byte[] {'1'}, 0, 1, 2);
        assertThat(one.texts("time")).hasSize(1);
    }

    @Test
    void nothingFollowsACloseFrame() {
        Listener listener = stage.join(one, loop);
        listener.close(CloseReason.BAD_MESSAGE);
        stage.start("u1");
        stage.play(5, loop);
        assertThat(one.frames()).isEmpty();
    }

    @Test
    void flowOffBeforeTheWelcomeHolds() {
        var listener = new Listener(one, loop, stage.clock::micros, Duration.ofSeconds(1));
        stage.broadcast.join(listener, new JoinRequest("c9", null, Start.LIVE, null, Format.PCM, false));
        listener.flow(false);
        stage.clock.settle();
        loop.run();
        stage.start("u1");
        stage.play(5, loop);
        assertThat(one.frames()).isEmpty();
        listener.leave();
        stage.clock.settle();
        loop.run();
    }

    @Test
    void drainingSaysWhenToComeBack() {
        stage.join(one, loop).ping();
        stage.join(two, loop).ping();
        stage.broadcasts.drain(Duration.ofSeconds(1), Duration.ofSeconds(2));
        stage.clock.settle();
        loop.run();
        assertThat(one.closes).containsExactly(CloseReason.DRAIN);
        assertThat(one.text("bye").path("reconnect_after_ms").asLong())
                .isNotEqualTo(two.text("bye").path("reconnect_after_ms").asLong());
        assertThat(one.text("bye").path("reconnect_after_ms").asLong()).isBetween(1_000L, 3_000L);
        assertThat(one.text("bye").path("resume").asBoolean()).isTrue();
        assertThat(stage.broadcasts.admit()).isFalse();
    }

    @Test
    void memoryGoesBackWhenAllIsOver() {
        Listener here = stage.join(one, loop);
        Listener there = stage.join(two, otherLoop);
        stage.start("u1");
        stage.play(1_200, loop, otherLoop);
        two.writable = false;
        stage.play(50, loop, otherLoop);
        assertThat(stage.broadcast.listeners()).isEqualTo(2);
        here.leave();
        there.leave();
        there.leave();
        stage.close();
        assertThat(stage.broadcast.listeners()).isZero();
        assertThat(stage.broadcasts.find(Stage.LOBBY)).isEmpty();
    }

    @Test
    void connectionsAreCountedAgainstTheLimit() {
        for (int i = 0; i < 1_000; i++) {
            assertThat(stage.broadcasts.admit()).isTrue();
        }
        assertThat(stage.broadcasts.admit()).isFalse();
        stage.broadcasts.dismiss();
        assertThat(stage.broadcasts.admit()).isTrue();
    }
}
