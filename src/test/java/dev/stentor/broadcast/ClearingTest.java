package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.TimelineSpan;
import dev.stentor.testing.Signals;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ClearingTest {

    private final Stage stage = new Stage();
    private final Stage.Loop loop = new Stage.Loop();
    private final RecordingOutlet one = new RecordingOutlet();
    private final RecordingOutlet two = new RecordingOutlet();

    @AfterEach
    void nothingLeaks() {
        stage.close();
    }

    @Test
    void aListenerThatLagsGetsTheClearAndNothingOldAfterIt() {
        Listener slow = stage.join(one, loop);
        stage.join(two, loop).ping();
        stage.start("u1");
        stage.play(10, loop);
        one.writable = false;
        stage.play(20, loop);
        stage.clear();
        loop.run();
        one.writable = true;
        slow.writable();
        loop.run();
        assertThat(one.frames()).hasSize(10);
        JsonNode clear = one.text("clear");
        assertThat(clear.path("gen").asInt()).isEqualTo(2);
        assertThat(clear.path("next_seq").asLong()).isEqualTo(clear.path("seq").asLong() + 1);
        assertThat(one.texts("gap")).isEmpty();
        stage.start("u2");
        stage.play(5, loop);
        assertThat(generations(one)).containsSubsequence(1, 2).doesNotContainSequence(2, 1);
        assertThat(one.frames()).hasSize(15);
        assertThat(two.frames()).hasSize(35);
    }

    @Test
    void aResumeNeverBringsBackWhatWasCleared() {
        var _ = stage.join(one, loop);
        stage.start("u1");
        stage.play(30, loop);
        stage.clear();
        loop.run();
        stage.start("u2");
        stage.play(3, loop);
        var _ = stage.join(two, loop, Start.LIVE, new Resume(Stage.EPOCH, 12, null));
        assertThat(two.text("welcome").path("resume").path("status").asString()).isEqualTo("ok");
        assertThat(two.text("welcome").path("resume").path("missing_ms").asInt())
                .isZero();
        assertThat(two.seqs().getFirst())
                .isEqualTo(two.text("clear").path("seq").asLong())
                .isEqualTo(two.text("welcome").path("resume").path("from_seq").asLong());
        assertThat(generations(two)).containsOnly(2);
        assertThat(two.text("stream").path("gen").asInt()).isEqualTo(1);
    }

    @Test
    void whoJoinsLaterHearsNothingOfWhatWasCleared() {
        stage.start("u1");
        stage.play(30);
        stage.clear();
        var _ = stage.join(one, loop, Start.RING, null);
        var _ = stage.join(two, loop, Start.UTTERANCE, null);
        assertThat(one.frames()).isEmpty();
        assertThat(two.frames()).isEmpty();
        assertThat(two.text("stream").path("gen").asInt()).isEqualTo(2);
    }

    @Test
    void whoIsSkippedAheadLearnsOfTheClearOnTheWay() {
        Listener slow = stage.join(one, loop);
        stage.start("u1");
        stage.play(10, loop);
        one.writable = false;
        stage.play(10, loop);
        stage.clear();
        stage.start("u2");
        stage.play(200, loop);
        one.writable = true;
        slow.writable();
        stage.play(1, loop);
        List<String> kinds = one.messages.stream()
                .map(message -> message.json().path("t").asString(""))
                .filter(kind -> kind.equals("clear") || kind.equals("gap"))
                .toList();
        assertThat(kinds).containsExactly("clear", "gap");
        assertThat(one.text("gap").path("from_seq").asLong())
                .isEqualTo(one.text("clear").path("next_seq").asLong());
        assertThat(generations(one).getLast()).isEqualTo(2);
    }

    @Test
    void whoStoppedTheFlowIsToldOfNoGapWhereOnlyTheClearWasMissed() {
        Listener pausing = stage.join(one, loop);
        stage.start("u1");
        stage.play(10, loop);
        pausing.flow(false);
        stage.clear();
        loop.run();
        pausing.flow(true);
        assertThat(one.texts("clear")).hasSize(1);
        assertThat(one.texts("gap")).isEmpty();
        assertThat(one.flushed()).isTrue();
        stage.start("u2");
        stage.play(1, loop);
        assertThat(generations(one).getLast()).isEqualTo(2);
    }

    @Test
    void theEndOfOneThatOnlyWaitedDoesNotHideTheOneThatIsSpoken() {
        stage.start("u1");
        stage.play(10);
        stage.release(new UtteranceEnded("u2", 10 * 480, 0, Reason.EXPIRED, null));
        stage.play(2);
        var _ = stage.join(one, loop);
        assertThat(one.text("welcome").path("now").findValuesAsString("id")).containsExactly("u1");
        var _ = stage.join(two, loop, Start.UTTERANCE, null);
        assertThat(two.frames()).hasSize(12);
    }

    @Test
    void whoCameLaterHasNotHeardWhatWasSaidBefore() {
        stage.start("u1");
        stage.play(50);
        stage.end("u1");
        stage.start("u2");
        Listener late = stage.join(one, loop);
        stage.play(10, loop);
        late.report(new ListenerReport(55 * 480, 1, 0, 0, "idle", null, null));
        assertThat(late.status(0, 0).heard(1, List.of(new TimelineSpan(0, 50 * 480)), 0))
                .hasValue(0);
        assertThat(late.status(0, 0).heard(1, List.of(new TimelineSpan(50 * 480, 10 * 480)), 0))
                .hasValue(5 * 480);
        assertThat(late.status(0, 0).losses().gaps()).isZero();
    }

    @Test
    void plainListenersStopTooAndAPauseHoldsThem() {
        var heard = new java.io.ByteArrayOutputStream();
        var listening = stage.broadcast.plain().audio(false).subscribe(buffer -> {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            heard.writeBytes(bytes);
        });
        stage.clock.settle();
        stage.start("u1");
        stage.play(20, loop);
        stage.release(new dev.stentor.channel.ChannelEvent.SpeechPaused(20 * 480));
        stage.clock.advance(Duration.ofSeconds(2));
        int before = heard.size();
        assertThat(before).isBetween(9 * 960, 11 * 960);
        stage.release(new dev.stentor.channel.ChannelEvent.SpeechResumed(20 * 480));
        stage.clock.advance(Duration.ofMillis(100));
        assertThat(heard.size() - before).isBetween(4 * 960, 6 * 960);
        stage.clear();
        stage.clock.advance(Duration.ofSeconds(2));
        byte[] sound = heard.toByteArray();
        assertThat(sound.length).isLessThanOrEqualTo(20 * 960);
        int whole = sound.length - 960;
        assertThat(java.util.Arrays.copyOf(sound, whole)).isEqualTo(Signals.selfIndexing(whole / 2));
        listening.dispose();
    }

    private static List<Integer> generations(RecordingOutlet outlet) {
        return outlet.frames().stream()
                .map(frame -> java.nio.ByteBuffer.wrap(frame).getShort(2) & 0xFFFF)
                .toList();
    }
}
