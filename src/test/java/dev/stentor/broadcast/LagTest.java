package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelEvent.LeadChanged;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LagTest {

    private static final int SECOND = 50;

    private final Stage.Loop loop = new Stage.Loop();
    private final RecordingOutlet outlet = new RecordingOutlet();
    private final Stage stage = new Stage(LagPolicy.CLOSE);

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
    }

    @Test
    void whoHasGotEverythingAndSaysNothingDoesNotLag() {
        var _ = stage.join(outlet, loop);
        stage.start("u1");
        stage.play(5 * SECOND, loop);
        assertThat(lagMillis()).isZero();
    }

    @Test
    void theLagIsTheAgeOfWhatASocketHasNotTaken() {
        Listener listener = stage.join(outlet, loop);
        stage.start("u1");
        stage.play(1, loop);
        outlet.writable = false;
        stage.play(2 * SECOND, loop);
        assertThat(lagMillis()).isEqualTo(2_000);
        outlet.writable = true;
        listener.writable();
        loop.run();
        assertThat(lagMillis()).isZero();
    }

    @Test
    void theLagIsWhatThePlayerHasNotPlayedIfThatIsMore() {
        Listener listener = stage.join(outlet, loop);
        stage.start("u1");
        stage.play(2 * SECOND, loop);
        reports(listener, 24_000, "playing");
        assertThat(lagMillis()).isEqualTo(1_000);
        stage.play(SECOND, loop);
        assertThat(lagMillis()).as("it plays on between its reports").isEqualTo(1_000);
    }

    @Test
    void aPlayerFromWhichNoSoundComesDoesNotLag() {
        Listener listener = stage.join(outlet, loop);
        stage.start("u1");
        stage.play(4 * SECOND, loop);
        for (String state : new String[] {"locked", "held", "idle", "stalled", "buffering", ""}) {
            reports(listener, 0, state);
            assertThat(lagMillis()).as(state).isZero();
        }
        stage.play(SECOND, loop);
        assertThat(outlet.closes).isEmpty();
    }

    @Test
    void underThePolicyCloseAPlayerThatPlaysTooLateIsClosed() {
        Listener listener = stage.join(outlet, loop);
        stage.start("u1");
        stage.play(4 * SECOND, loop);
        reports(listener, 24_000, "playing");
        stage.play(1, loop);
        assertThat(outlet.closes).as("3 s and the lead are allowed").isEmpty();
        reports(listener, 20_000, "playing");
        stage.play(1, loop);
        assertThat(outlet.closes).containsExactly(CloseReason.SLOW);
    }

    @Test
    void whoAskedForThePastIsNotLateForIt() {
        stage.start("u1");
        stage.play(10 * SECOND, loop);
        Listener listener = stage.join(outlet, loop, Start.RING, null);
        for (int second = 0; second < 5; second++) {
            reports(listener, 24_000L * second, "playing");
            stage.play(SECOND, loop);
        }
        assertThat(lagMillis()).isEqualTo(10_000);
        assertThat(outlet.closes).isEmpty();
    }

    @Test
    void whoHasCaughtUpIsMeasuredLikeAllOthers() {
        stage.start("u1");
        stage.play(10 * SECOND, loop);
        Listener listener = stage.join(outlet, loop, Start.RING, null);
        reports(listener, 9 * 24_000, "playing");
        stage.play(1, loop);
        assertThat(outlet.closes).isEmpty();
        reports(listener, 5 * 24_000, "playing");
        stage.play(1, loop);
        assertThat(outlet.closes).containsExactly(CloseReason.SLOW);
    }

    @Test
    void anotherPolicyAndRingHoldAtOnce() {
        Listener listener = stage.join(outlet, loop);
        stage.broadcasts.adjust(
                Stage.LOBBY,
                new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(1), LagPolicy.SKIP, null, null));
        stage.clock.settle();
        stage.start("u1");
        stage.play(1, loop);
        outlet.writable = false;
        stage.play(4 * SECOND, loop);
        outlet.writable = true;
        listener.writable();
        loop.run();
        assertThat(outlet.closes).isEmpty();
        assertThat(outlet.text("gap").path("ms").asLong()).isEqualTo(4_000);
        RecordingOutlet late = new RecordingOutlet();
        var _ = stage.join(late, loop, Start.RING, null);
        assertThat(late.frames()).as("2 s").hasSizeBetween(98, 102);
        assertThat(late.text("welcome").path("limits").path("lag_ms").asLong()).isEqualTo(1_000);
        assertThat(late.text("welcome").path("limits").path("policy").asString())
                .isEqualTo("skip");
    }

    @Test
    void anotherLeadIsToldInItsPlaceAmongTheEntries() {
        var _ = stage.join(outlet, loop);
        stage.start("u1");
        stage.play(5, loop);
        stage.release(new LeadChanged(1, 1_000));
        loop.run();
        assertThat(outlet.texts("stream").getLast().path("lead_ms").asLong()).isEqualTo(1_000);
        assertThat(outlet.texts("stream").getLast().path("seq").asLong()).isEqualTo(8);
        assertThat(outlet.text("stream").path("batch_ms").asInt()).isEqualTo(20);
        assertThat(outlet.texts("stream").getLast().path("batch_ms").asInt()).isEqualTo(100);
        RecordingOutlet late = new RecordingOutlet();
        var _ = stage.join(late, loop);
        assertThat(late.text("stream").path("lead_ms").asLong()).isEqualTo(1_000);
        assertThat(late.text("stream").path("batch_ms").asInt()).isEqualTo(100);
    }

    @Test
    void whoListensToAChannelThatIsRemovedIsSentAwayForGood() {
        var _ = stage.join(outlet, loop);
        stage.broadcasts.remove(Stage.LOBBY);
        stage.clock.settle();
        stage.broadcast.close();
        loop.run();
        assertThat(outlet.text("bye").path("resume").asBoolean()).isFalse();
        assertThat(outlet.closes).containsExactly(CloseReason.NO_SUCH_CHANNEL);
    }

    @Test
    void whatWasClearedNeedNotBePlayed() {
        Listener listener = stage.join(outlet, loop);
        stage.start("u1");
        stage.play(4 * SECOND, loop);
        reports(listener, 24_000, "playing");
        stage.clear();
        loop.run();
        assertThat(lagMillis()).isZero();
    }

    @Test
    void whatWasLostIsNoLagAndIsCountedByItsCause() {
        Listener listener = stage.join(outlet, loop);
        stage.start("u1");
        stage.play(2 * SECOND, loop);
        listener.flow(false);
        stage.play(2 * SECOND, loop);
        assertThat(lagMillis()).as("it asked for none").isZero();
        listener.flow(true);
        reports(listener, 24_000, "playing");
        assertThat(lagMillis()).isEqualTo(1_000);
        ListenerStatus.Losses losses = stage.broadcast.statuses().getFirst().losses();
        assertThat(losses).isEqualTo(new ListenerStatus.Losses(1, 2_000, GapCause.POLICY));
        assertThat(stage.losses).containsExactly("POLICY 1 2000");
    }

    private long lagMillis() {
        return stage.broadcast.statuses().getFirst().lagMillis();
    }

    private static void reports(Listener listener, long pos, String state) {
        listener.report(new ListenerReport(pos, 1, 0, 0, state, null, null, null));
    }
}
