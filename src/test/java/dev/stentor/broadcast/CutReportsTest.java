package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** Waiting until all players have told where a clear silenced them: it ends in the tick after the last report. */
class CutReportsTest {

    private final Stage.Loop loop = new Stage.Loop();
    private final Stage stage = new Stage();
    private final Listener one = stage.join(new RecordingOutlet(), loop);
    private final Listener other = stage.join(new RecordingOutlet(), loop);
    private final AtomicBoolean over = new AtomicBoolean();

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
    }

    @Test
    void theReportOfTheLastPlayerEndsTheWait() {
        bothPlayAndAreCleared();
        var _ = await();
        tells(one);
        assertThat(over).isFalse();
        tells(other);
        assertThat(over).isTrue();
    }

    @Test
    void nobodyIsWaitedForWhoHasToldAlready() {
        bothPlayAndAreCleared();
        tells(one);
        tells(other);
        var _ = await();
        assertThat(over).isTrue();
    }

    @Test
    void whoHasNeverReportedIsNotWaitedFor() {
        var _ = await();
        assertThat(over).isTrue();
    }

    @Test
    void aPlayerThatIsLockedOrLeavesIsNotWaitedForAnyMore() {
        bothPlayAndAreCleared();
        var _ = await();
        one.report(new ListenerReport(4_800, 1, 0, 0, "locked", null, null, null));
        stage.clock.advance(Duration.ofMillis(20));
        assertThat(over).isFalse();
        other.leave();
        stage.clock.settle();
        assertThat(over).isTrue();
    }

    @Test
    void theEndOfTheChannelEndsTheWait() {
        bothPlayAndAreCleared();
        var _ = await();
        stage.broadcast.close();
        assertThat(over).isTrue();
        over.set(false);
        var _ = await();
        assertThat(over).isTrue();
    }

    @Test
    void aWaitThatIsGivenUpIsForgotten() {
        bothPlayAndAreCleared();
        Disposable wait = await();
        wait.dispose();
        stage.clock.settle();
        tells(one);
        tells(other);
        assertThat(over).isFalse();
    }

    private void bothPlayAndAreCleared() {
        stage.start("u1");
        stage.play(20, loop);
        one.report(new ListenerReport(4_800, 1, 0, 0, "playing", null, null, null));
        other.report(new ListenerReport(4_800, 1, 0, 0, "playing", null, null, null));
        stage.clear();
        loop.run();
    }

    private Disposable await() {
        Disposable wait =
                stage.broadcast.players().silenced(1).subscribe(nothing -> {}, fault -> {}, () -> over.set(true));
        stage.clock.settle();
        return wait;
    }

    private void tells(Listener listener) {
        listener.report(new ListenerReport(9_600, 2, 0, 0, "idle", null, null, new ListenerReport.Cut(1, 7_200)));
        stage.clock.advance(Duration.ofMillis(20));
    }
}
