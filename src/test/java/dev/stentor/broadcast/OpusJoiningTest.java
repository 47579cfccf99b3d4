package dev.stentor.broadcast;

import static dev.stentor.broadcast.Renditions.SPEECH;
import static dev.stentor.broadcast.Renditions.inOpus;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.codec.Decoding;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Where who joins in Opus begins: with packets to decode and drop, and then with the very sample. */
class OpusJoiningTest {

    private final Stage.Loop loop = new Stage.Loop();
    private final RecordingOutlet opus = new RecordingOutlet();
    private final RecordingOutlet other = new RecordingOutlet();
    private final Stage stage = new Stage();

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
        assertThat(stage.stats.waiting).isZero();
    }

    @Test
    void whoIsTheFirstCanHaveThePastAllTheSame() throws Exception {
        stage.start("u1");
        stage.say(SPEECH, loop);
        stage.join(opus, loop, inOpus(Start.RING, null)).ping();
        assertThat(opus.seqs()).isEqualTo(LongStream.rangeClosed(1, 102).boxed().toList());
        assertThat(opus.text("replay").path("from_seq").asLong()).isEqualTo(1);
        assertThat(Decoding.signalToNoise(SPEECH, OpusEar.hear(opus.messages).sound()))
                .isGreaterThan(14);
    }

    @Test
    void whoJoinsLiveGetsFourFramesToDecodeAndDrop() throws Exception {
        stage.start("u1");
        stage.say(Arrays.copyOf(SPEECH, 50 * 480), loop);
        stage.frame();
        stage.frame();
        join(opus);
        JsonNode replay = opus.text("replay");
        assertThat(replay.path("play_from_pos").asLong()).isEqualTo(51 * 480);
        assertThat(opus.frames()).hasSize(5);
        assertThat(replay.path("from_seq").asLong()).isEqualTo(opus.seqs().getFirst());
        assertThat(replay.path("to_seq").asLong()).isEqualTo(opus.seqs().get(3));
        assertThat(OpusEar.hear(opus.messages).from()).isEqualTo(51 * 480);
    }

    @Test
    void whoJoinsInMidSpeechHearsItRightFromTheFirstSample() throws Exception {
        stage.start("u1");
        stage.say(Arrays.copyOf(SPEECH, 50 * 480), loop);
        join(opus);
        stage.say(Arrays.copyOfRange(SPEECH, 50 * 480, 100 * 480), loop);
        OpusEar heard = OpusEar.hear(opus.messages);
        assertThat(heard.from()).isEqualTo(50 * 480);
        assertThat(Decoding.signalToNoise(Arrays.copyOfRange(SPEECH, 50 * 480, 100 * 480), heard.sound()))
                .isGreaterThan(14);
    }

    @Test
    void aResumeGoesOnWithTheVeryNextPacket() throws Exception {
        Listener first = join(opus);
        stage.start("u1");
        stage.say(Arrays.copyOf(SPEECH, 30 * 480), loop);
        long last = opus.seqs().getLast();
        first.leave();
        stage.say(Arrays.copyOfRange(SPEECH, 30 * 480, 60 * 480), loop);
        stage.join(other, loop, inOpus(Start.LIVE, new Resume(Stage.EPOCH, last, 30L * 480)))
                .ping();
        assertThat(other.text("welcome").at("/resume/status").asString()).isEqualTo("ok");
        assertThat(other.seqs().getFirst()).isEqualTo(last + 1);
        assertThat(other.text("replay").path("play_from_pos").asLong()).isEqualTo(30 * 480);
    }

    @Test
    void whoIsSkippedAheadGetsPreRollAndIsToldExactlyWhatIsMissing() throws Exception {
        Listener slow = join(opus);
        stage.start("u1");
        stage.say(Arrays.copyOf(SPEECH, 10 * 480), loop);
        opus.writable = false;
        for (int i = 0; i < 4; i++) {
            stage.say(Arrays.copyOf(SPEECH, 50 * 480), loop);
        }
        opus.writable = true;
        slow.writable();
        loop.run();
        JsonNode gap = opus.text("gap");
        JsonNode replay = opus.text("replay");
        assertThat(gap.path("from_pos").asLong()).isEqualTo(10 * 480);
        assertThat(gap.path("to_pos").asLong())
                .isEqualTo(replay.path("play_from_pos").asLong());
        assertThat(gap.path("to_seq").asLong() + 1)
                .isEqualTo(replay.path("from_seq").asLong());
        assertThat(replay.path("to_seq").asLong() - replay.path("from_seq").asLong())
                .isEqualTo(3);
    }

    @Test
    void whoWaitsForThePastIsSentAwayWithTheChannel() {
        stage.start("u1");
        stage.say(SPEECH, loop);
        stage.ask(opus, loop, inOpus(Start.RING, null)).ping();
        stage.broadcast.close();
        loop.run();
        assertThat(opus.closes).containsExactly(CloseReason.DRAIN);
        assertThat(opus.texts("welcome")).isEmpty();
    }

    @CanIgnoreReturnValue
    private Listener join(RecordingOutlet outlet) {
        return stage.join(outlet, loop, inOpus(Start.LIVE, null));
    }
}
