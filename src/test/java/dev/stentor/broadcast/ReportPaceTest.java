package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.ListenerReport.Cut;
import dev.stentor.channel.TimelineSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** How often players report, and how they spread their reports, by the size of the audience. */
class ReportPaceTest {

    private static final List<TimelineSpan> WHOLE = List.of(new TimelineSpan(0, 250 * 480));

    private final Stage.Loop loop = new Stage.Loop();
    private final RecordingOutlet first = new RecordingOutlet();
    private final Stage stage = new Stage();
    private final List<Listener> others = new ArrayList<>();

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
    }

    @Test
    void aSmallAudienceReportsAsTheSettingsSay() {
        var _ = join(first);
        grow(200);
        assertThat(first.texts("stream")).as("its own alone").hasSize(1);
        assertThat(first.text("welcome").path("report_ms").asInt()).isEqualTo(1_000);
        assertThat(first.text("welcome").has("report_spread_ms")).isFalse();
    }

    @Test
    void aGrowingAudienceIsToldToSpreadItsReportsAndThenToReportLessOften() {
        var _ = join(first);
        grow(201);
        assertPace(first.texts("stream").getLast(), 1_000, 500);
        grow(624);
        assertThat(first.texts("stream")).hasSize(2);
        grow(625);
        assertPace(first.texts("stream").getLast(), 1_250, 625);
        grow(1_000);
        assertPace(first.texts("stream").getLast(), 1_500, 750);
        assertThat(first.texts("stream")).as("never beyond half the lag of 3 s").hasSize(4);
        var last = new RecordingOutlet();
        var _ = join(last);
        assertPace(last.text("welcome"), 1_500, 750);
    }

    @Test
    void anAudienceThatSwaysIsNotToldEachTime() {
        var _ = join(first);
        grow(640);
        int told = first.texts("stream").size();
        for (int i = 0; i < 10; i++) {
            shrink(510);
            grow(640);
        }
        assertThat(first.texts("stream")).hasSize(told);
        shrink(490);
        assertPace(first.texts("stream").getLast(), 1_000, 500);
        shrink(151);
        assertThat(first.texts("stream")).hasSize(told + 1);
        shrink(150);
        assertPace(first.texts("stream").getLast(), 1_000, 0);
    }

    @Test
    void theIntervalFollowsTheLagOfTheChannelButIsNeverShorterThanTheSetting() {
        var _ = join(first);
        grow(900);
        adjust(Duration.ofSeconds(2));
        assertThat(first.texts("stream").getLast().path("report_ms").asInt()).isEqualTo(1_000);
        adjust(Duration.ofMillis(500));
        assertThat(first.texts("stream").getLast().path("report_ms").asInt()).isEqualTo(1_000);
        adjust(Duration.ofSeconds(10));
        assertThat(first.texts("stream").getLast().path("report_ms").asInt()).isEqualTo(1_750);
    }

    @Test
    void aPlayerThatDoesNotFollowAShorterIntervalIsTakenToPlayOnUntilItsOwnNextReport() {
        grow(900);
        Listener slow = join(first);
        stage.start("u1");
        stage.play(1, loop);
        slow.report(playing(0));
        shrink(10);
        stage.clock.advance(Duration.ofMillis(2_250));
        assertThat(heard(slow)).isEqualTo(54_000);
        stage.clock.advance(Duration.ofMillis(500));
        assertThat(heard(slow)).isEqualTo(54_000);
    }

    @Test
    void asManySamplesAreHeardByRareReportsAsByFrequentOnes() {
        grow(900);
        var often = new Player(join(first), 1_000, 0);
        var rarely = new Player(join(new RecordingOutlet()), 1_500, 0);
        var late = new Player(join(new RecordingOutlet()), 1_500, 749);
        List<Player> all = List.of(often, rarely, late);
        stage.start("u1");
        for (int i = 0; i < 250; i++) {
            stage.play(1, loop);
            all.forEach(Player::tick);
            assertThat(rarely.heard()).as("frame %d", i).isEqualTo(often.heard());
            if (i > 750 / 20) { // its start is reported
                assertThat(late.heard()).as("frame %d", i).isEqualTo(often.heard());
            }
        }
        for (int i = 0; i < 100; i++) {
            stage.clock.advance(Duration.ofMillis(20));
            all.forEach(Player::tick);
        }
        assertThat(all).extracting(Player::heard).containsOnly(OptionalLong.of(250 * 480));
    }

    @Test
    void aClearIsHeardExactlyHoweverRarePlayersReport() {
        grow(900);
        var often = new Player(join(first), 1_000, 0);
        var late = new Player(join(new RecordingOutlet()), 1_500, 749);
        stage.start("u1");
        for (int i = 0; i < 30; i++) {
            stage.play(1, loop);
            often.tick();
            late.tick();
        }
        stage.clear();
        often.cut();
        late.cut();
        assertThat(often.heard()).isEqualTo(OptionalLong.of(30 * 480));
        assertThat(late.heard()).isEqualTo(OptionalLong.of(30 * 480));
    }

    /** A player that plays a sample when it is due, to the end of what was released. */
    private final class Player {
        private final Listener listener;
        private final long everyMicros;
        private final long spreadMicros;
        private final long beganMicros = stage.clock.micros();
        private long reportAtMicros;
        private boolean ended;

        Player(Listener listener, long everyMillis, long spreadMillis) {
            this.listener = listener;
            everyMicros = everyMillis * 1_000;
            spreadMicros = spreadMillis * 1_000;
            reportAtMicros = beganMicros + spreadMicros;
        }

        /** Reports if it is time, and when the end has been heard. */
        void tick() {
            long now = stage.clock.micros();
            if (!ended && pos() == 250 * 480) {
                ended = true;
                reportAtMicros = now + spreadMicros;
            }
            if (now >= reportAtMicros) {
                listener.report(new ListenerReport(pos(), 1, 0, 0, ended ? "idle" : "playing", null, null, null));
                reportAtMicros = now + everyMicros;
            }
        }

        void cut() {
            listener.report(new ListenerReport(pos(), 2, 0, 0, "idle", null, null, new Cut(1, pos())));
        }

        OptionalLong heard() {
            return ReportPaceTest.this.status(listener).heard(1, WHOLE, stage.clock.micros());
        }

        private long pos() {
            return Math.min(250 * 480, (stage.clock.micros() - beganMicros) * 24 / 1_000);
        }
    }

    private static ListenerReport playing(long pos) {
        return new ListenerReport(pos, 1, 0, 0, "playing", null, null, null);
    }

    private long heard(Listener listener) {
        return status(listener).heard(1, WHOLE, stage.clock.micros()).orElseThrow();
    }

    private ListenerStatus status(Listener listener) {
        return listener.status(0, stage.clock.micros());
    }

    private Listener join(RecordingOutlet outlet) {
        return stage.join(outlet, loop);
    }

    /** Lets more listeners join, until there are so many besides the one. */
    private void grow(int audience) {
        while (others.size() + 1 < audience) {
            others.add(join(new RecordingOutlet()));
        }
    }

    private void shrink(int audience) {
        while (others.size() + 1 > audience) {
            others.removeLast().leave();
            stage.clock.settle();
        }
        loop.run();
    }

    private void adjust(@Nullable Duration lag) {
        stage.broadcasts.adjust(Stage.LOBBY, new DeliverySettings(null, lag, null, null, null));
        stage.clock.settle();
        loop.run();
    }

    private static void assertPace(JsonNode message, int reportMillis, int spreadMillis) {
        assertThat(message.path("report_ms").asInt()).isEqualTo(reportMillis);
        assertThat(message.path("report_spread_ms").asInt(0)).isEqualTo(spreadMillis);
    }
}
