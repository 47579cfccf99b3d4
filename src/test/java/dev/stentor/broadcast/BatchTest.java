package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.channel.ChannelSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of which entries go together in one send, at 50 frames a second. */
class BatchTest {

    private static final int SECOND = 50;
    private static final Duration LEAD = Duration.ofSeconds(1);

    private final Stage.Loop loop = new Stage.Loop();
    private final RecordingOutlet outlet = new RecordingOutlet();
    private final List<RecordingOutlet> all = new ArrayList<>();
    private final List<Listener> leaving = new ArrayList<>();
    private final Stage stage = new Stage(ChannelSettings.conversation().withLead(LEAD));

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
    }

    @Test
    void aFewListenersGetEachFrameByItself() {
        begin(19);
        outlet.sends.clear();
        stage.play(SECOND, loop);
        assertThat(outlet.sends).hasSize(SECOND).containsOnly(1);
    }

    @Test
    void moreListenersGetSixtyMillisecondsAtOnceAndManyAHundred() {
        begin(20);
        outlet.sends.clear();
        stage.play(60, loop);
        assertThat(outlet.sends).hasSize(20).containsOnly(3);
        joinMore(180);
        stage.play(5, loop);
        outlet.sends.clear();
        stage.play(SECOND, loop);
        assertThat(outlet.sends).hasSize(10).containsOnly(5);
        assertThat(outlet.seqs()).isEqualTo(consecutive(outlet.seqs().size()));
    }

    @Test
    void whereSoundSetsInFramesGoOutOneByOneFor300Milliseconds() {
        joinMore(200);
        stage.startAhead("u1", LEAD);
        loop.run();
        outlet.sends.clear();
        stage.play(15, loop);
        assertThat(outlet.sends).containsExactlyElementsOf(Collections.nCopies(15, 1));
        stage.play(20, loop);
        assertThat(outlet.sends.subList(15, outlet.sends.size())).contains(5);
    }

    @Test
    void loopsGetNoTaskWhileTheBatchFills() {
        begin(200);
        loop.run();
        int tasks = loop.given();
        stage.play(SECOND, loop);
        assertThat(loop.given() - tasks).isEqualTo(10);
    }

    @Test
    void aLargeAudienceTakesTurnsSoThatNoTickHasAllTheSends() {
        begin(1_000);
        List<Long> served = new ArrayList<>();
        for (int tick = 0; tick < SECOND; tick++) {
            all.forEach(each -> each.sends.clear());
            stage.play(1, loop);
            served.add(all.stream().filter(each -> !each.sends.isEmpty()).count());
            assertThat(all.stream().flatMap(each -> each.sends.stream()).filter(sent -> sent != 5))
                    .isEmpty();
        }
        assertThat(served).containsOnly(0L, 500L);
        assertThat(served.stream().filter(listeners -> listeners > 0)).hasSize(20);
        stage.end("u1");
        loop.run();
        // The first ones were also told how the pace of reports changed while the others joined.
        assertThat(all)
                .allSatisfy(
                        each -> assertThat(outlet.seqs()).endsWith(each.seqs().toArray(Long[]::new)));
    }

    @Test
    void whoJoinsDoesNotHurryTheOthers() {
        begin(210);
        outlet.sends.clear();
        for (int i = 0; i < SECOND; i++) {
            joinMore(1);
            stage.play(1, loop);
        }
        assertThat(outlet.sends).hasSize(10).containsOnly(5);
        stage.end("u1");
        loop.run();
        assertThat(all)
                .allSatisfy(each -> assertThat(each.seqs().getLast())
                        .isEqualTo(outlet.seqs().getLast()));
    }

    @Test
    void aClearWaitsForNothingAndNothingOldComesAfterIt() {
        begin(200);
        stage.play(5, loop);
        outlet.messages.clear();
        stage.frame();
        loop.run();
        assertThat(outlet.messages).isEmpty();
        stage.clear();
        loop.run();
        assertThat(outlet.messages).hasSize(1);
        assertThat(outlet.text("clear")).isNotNull();
    }

    @Test
    void whoJoinsWhileABatchFillsMissesNothingAndGetsNothingTwice() {
        begin(200);
        stage.play(7, loop);
        var late = new RecordingOutlet();
        var _ = stage.join(late, loop);
        stage.play(23, loop);
        stage.end("u1");
        loop.run();
        assertThat(late.seqs().getLast()).isEqualTo(outlet.seqs().getLast());
        long first = late.seqs().getFirst();
        assertThat(late.seqs())
                .isEqualTo(LongStream.rangeClosed(first, late.seqs().getLast())
                        .boxed()
                        .toList());
        assertThat(outlet.seqs()).isEqualTo(consecutive(outlet.seqs().size()));
    }

    @Test
    void nothingWaitsWhenTheLeadIsUsedUp() {
        joinMore(200);
        stage.startAhead("u1", Duration.ofMillis(100));
        stage.play(SECOND, loop);
        outlet.sends.clear();
        stage.play(SECOND, loop);
        assertThat(outlet.sends).hasSize(SECOND).containsOnly(1);
    }

    @Test
    void aShortLeadLeavesNoRoomForBatches() {
        assertThat(BatchRule.AUTO.millis(100, 5_000)).isEqualTo(20);
        assertThat(BatchRule.AUTO.millis(150, 5_000)).isEqualTo(40);
        assertThat(BatchRule.AUTO.millis(200, 5_000)).isEqualTo(100);
        assertThat(BatchRule.AUTO.mostMillis(1_000)).isEqualTo(100);
        assertThat(new BatchRule(Duration.ofMillis(60)).millis(1_000, 1)).isEqualTo(60);
        assertThatThrownBy(() -> new BatchRule(Duration.ofMillis(120))).hasMessageContaining("20 ms to 100 ms");
    }

    @Test
    void theStreamSaysHowFarApartSendsMayBe() {
        begin(1);
        assertThat(outlet.text("stream").path("batch_ms").asInt()).isEqualTo(100);
    }

    @Test
    void inOpusTooABatchIsOneSend() {
        var opus = new RecordingOutlet();
        begin(200);
        for (int i = 0; i < 200; i++) {
            RecordingOutlet one = i == 0 ? opus : new RecordingOutlet();
            var _ = stage.join(one, loop, new JoinRequest("o" + i, null, Start.LIVE, null, Format.OPUS, false));
        }
        playInOpus(3 * SECOND);
        opus.sends.clear();
        playInOpus(SECOND);
        assertThat(opus.sends).hasSize(10).containsOnly(5);
    }

    private void playInOpus(int frames) {
        for (int i = 0; i < frames; i++) {
            stage.frame();
            stage.encode();
            loop.run();
            stage.clock.advance(Duration.ofMillis(20));
        }
    }

    @Test
    void theChannelNeedNotRunWhileSoundGathersForAll() {
        begin(200);
        int next = stage.broadcast.ticksUntilSent(stage.clock.micros());
        stage.play(next, loop);
        assertThat(stage.broadcast.ticksUntilSent(stage.clock.micros())).isEqualTo(5);
        stage.startAhead("u2", LEAD);
        assertThat(stage.broadcast.ticksUntilSent(stage.clock.micros()))
                .as("sound has just set in")
                .isEqualTo(1);
    }

    @Test
    void anAudienceThatHasShrunkTakesTurnsBySizeOfNow() {
        for (int i = 0; i < 1_200; i++) {
            all.add(new RecordingOutlet());
            leaving.add(stage.join(all.getLast(), loop));
        }
        joinMore(250);
        stage.startAhead("u1", LEAD);
        stage.play(SECOND, loop);
        assertThat(sendingTicks()).as("three cohorts").isEqualTo(30);
        leaving.forEach(Listener::leave);
        stage.clock.settle();
        assertThat(sendingTicks()).as("all that are left at once").isEqualTo(10);
    }

    /** Returns in how many ticks of a second anybody is sent something. */
    private int sendingTicks() {
        stage.play(5, loop);
        int ticks = 0;
        for (int tick = 0; tick < SECOND; tick++) {
            all.forEach(each -> each.sends.clear());
            stage.play(1, loop);
            ticks += all.stream().anyMatch(each -> !each.sends.isEmpty()) ? 1 : 0;
        }
        return ticks;
    }

    @Test
    void aFewListenersAreServedInEachTick() {
        begin(3);
        assertThat(stage.broadcast.ticksUntilSent(stage.clock.micros())).isEqualTo(1);
    }

    /** Speech with its lead in hand, past its first 300 ms, for so many listeners. */
    private void begin(int listeners) {
        joinMore(listeners);
        stage.startAhead("u1", LEAD);
        stage.play(SECOND, loop);
    }

    private void joinMore(int listeners) {
        for (int i = 0; i < listeners; i++) {
            all.add(stage.broadcast.listeners() == 0 ? outlet : new RecordingOutlet());
            var _ = stage.join(all.getLast(), loop);
        }
    }

    private static List<Long> consecutive(int count) {
        return LongStream.rangeClosed(1, count).boxed().toList();
    }
}
