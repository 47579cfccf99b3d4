package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.clock.TickClock;
import dev.stentor.clock.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class ReportsToClockTest {

    private final Stage.Loop loop = new Stage.Loop();
    private final Stage stage = new Stage();
    private final CountedClock counted = new CountedClock();
    private final CutReports cuts = new CutReports(() -> stage.broadcast.statuses().stream());
    private final ReportsToClock reports = new ReportsToClock(counted, stage.broadcast.news(), cuts);

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
    }

    @Test
    void reportsAreWantedWhileSomebodyFollowsTheNews() {
        assertThat(reports.areWanted()).isFalse();
        Disposable following = stage.broadcast.news().news(null, false).subscribe();
        assertThat(reports.areWanted()).isTrue();
        following.dispose();
        assertThat(reports.areWanted()).isFalse();
    }

    @Test
    void allReportsOfATickAreTakenByOneTask() {
        for (int i = 0; i < 1_000; i++) {
            reports.add(ListenerStatus.of("c" + i, null));
        }
        assertThat(counted.tasks).isEqualTo(1);
        counted.time.advance(Duration.ofMillis(20));
        reports.add(ListenerStatus.of("c0", null));
        assertThat(counted.tasks).isEqualTo(2);
    }

    @Test
    void eachReportIsTakenInItsOrder() {
        var told = new ArrayList<String>();
        Disposable following = stage.broadcast.news().news(null, false).subscribe(event -> told.add(event.json()));
        List<Listener> both = List.of(stage.join(new RecordingOutlet(), loop), stage.join(new RecordingOutlet(), loop));
        stage.start("u1");
        stage.play(1, loop);
        stage.release(new UtteranceEnded("u1", 0, 480, Reason.DONE, null));
        both.forEach(listener -> listener.report(new ListenerReport(480, 1, 0, 0, "idle", null, null, null)));
        stage.clock.advance(Duration.ofMillis(20));
        assertThat(told.stream().filter(json -> json.contains("utterance.heard")))
                .hasSize(2)
                .isSortedAccordingTo(Comparator.comparing(json -> json.substring(json.indexOf("conn"))));
        following.dispose();
    }

    /** A clock that counts the tasks that it is given. */
    private static final class CountedClock implements TickClock {
        private final VirtualClock time = new VirtualClock();
        private int tasks;

        @Override
        public long micros() {
            return time.micros();
        }

        @Override
        public void execute(Runnable task) {
            tasks++;
            time.execute(task);
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            tasks++;
            return time.after(delay, task);
        }

        @Override
        public void activate(int ticks, int grid, Ticking ticking) {
            time.activate(ticks, grid, ticking);
        }
    }
}
