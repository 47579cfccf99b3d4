package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelSettings;
import dev.stentor.testing.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests of what listeners cost that cannot take more, and of what they get when they can. */
class BackpressureTest {

    private static final Duration LONG_LEAD = Duration.ofSeconds(10);

    private final Stage.Loop loop = new Stage.Loop();
    private final RecordingOutlet outlet = new RecordingOutlet();
    private final Stage stage = new Stage(ChannelSettings.conversation().withLead(LONG_LEAD));

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
    }

    @Test
    void whoCannotTakeMoreIsNotLookedAtUntilItCan() {
        Listener stalled = stage.join(outlet, loop);
        stage.start("u1");
        stage.play(5, loop);
        outlet.writable = false;
        stage.play(1, loop);
        int looks = outlet.looks;
        stage.play(100, loop);
        assertThat(outlet.looks).isEqualTo(looks);
        outlet.writable = true;
        stalled.writable();
        loop.run();
        assertThat(outlet.sound()).isEqualTo(Signals.selfIndexing(106 * 480));
    }

    @Test
    void whatWasMissedComesInFewLargeSends() {
        Listener stalled = stage.join(outlet, loop);
        stage.start("u1");
        loop.run();
        outlet.writable = false;
        stage.play(100, loop);
        outlet.writable = true;
        outlet.sends.clear();
        stalled.writable();
        loop.run();
        assertThat(outlet.sends).hasSize(10).containsOnly(10);
    }

    @Test
    void aTickWaitsForAFewParcelsHoweverManyCatchUp() {
        var stalled = new LinkedHashMap<RecordingOutlet, Listener>();
        for (int i = 0; i < 50; i++) {
            var each = new RecordingOutlet();
            stalled.put(each, stage.join(each, loop));
        }
        var _ = stage.join(outlet, loop);
        stage.start("u1");
        loop.run();
        stalled.keySet().forEach(each -> each.writable = false);
        stage.play(100, loop);
        stalled.forEach((each, listener) -> {
            each.writable = true;
            each.sends.clear();
            listener.writable();
        });
        stage.frame();
        while (outlet.frames().size() <= 100) {
            assertThat(loop.step()).isTrue();
        }
        assertThat(stalled.keySet().stream().mapToInt(each -> each.sends.size()).sum())
                .isBetween(1, 4);
        loop.run();
        assertThat(stalled.keySet())
                .allSatisfy(each -> assertThat(each.frames()).hasSize(101));
    }

    @Test
    void aHealthyListenerIsNotSkippedWhileALongLeadComesAtOnce() {
        List<RecordingOutlet> outlets = new ArrayList<>();
        List<Listener> listeners = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            var each = new RecordingOutlet();
            each.capacity = 10;
            outlets.add(each);
            listeners.add(stage.join(each, loop));
        }
        stage.start("u1");
        for (int i = 0; i < 500; i++) {
            stage.frame(); // each due 20 ms after the one before, all released now
        }
        loop.run();
        // Each takes 10 frames in 100 ms, twice as fast as they are due; the burst is through after 5 s.
        for (int round = 0; round < 60; round++) {
            stage.clock.advance(Duration.ofMillis(100));
            for (int i = 0; i < outlets.size(); i++) {
                outlets.get(i).makeRoom();
                listeners.get(i).writable();
            }
            loop.run();
        }
        for (RecordingOutlet each : outlets) {
            assertThat(each.texts("gap")).isEmpty();
            assertThat(each.seqs())
                    .isEqualTo(LongStream.rangeClosed(1, 502).boxed().toList());
        }
    }

    @Test
    void oneThatTakesSoundMoreSlowlyThanItIsDueIsSkippedOnceItIsThatLate() {
        outlet.capacity = 5;
        Listener slow = stage.join(outlet, loop);
        stage.start("u1");
        for (int i = 0; i < 500; i++) {
            stage.frame();
        }
        loop.run();
        int rounds = 0;
        while (outlet.texts("gap").isEmpty() && rounds < 100) { // ten frames, 200 ms of sound, in 400 ms
            rounds++;
            stage.clock.advance(Duration.ofMillis(400));
            outlet.makeRoom();
            slow.writable();
            loop.run();
        }
        long lateMillis = rounds * 400L - outlet.frames().size() * 20L;
        assertThat(lateMillis).isBetween(2_800L, 3_600L);
    }
}
