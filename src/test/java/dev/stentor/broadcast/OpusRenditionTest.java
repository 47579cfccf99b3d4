package dev.stentor.broadcast;

import static dev.stentor.broadcast.Renditions.SPEECH;
import static dev.stentor.broadcast.Renditions.events;
import static dev.stentor.broadcast.Renditions.headers;
import static dev.stentor.broadcast.Renditions.inOpus;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.codec.Decoding;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests of what a listener in Opus gets, beside listeners in PCM. */
class OpusRenditionTest {

    private final Stage.Loop loop = new Stage.Loop();
    private final Stage.Loop otherLoop = new Stage.Loop();
    private final RecordingOutlet pcm = new RecordingOutlet();
    private final RecordingOutlet opus = new RecordingOutlet();
    private final RecordingOutlet other = new RecordingOutlet();
    private final Stage stage = new Stage();

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
        assertThat(stage.stats.waiting).isZero();
    }

    @Test
    void theStreamSaysHowToDecodeIt() {
        join(opus);
        JsonNode stream = opus.text("stream");
        assertThat(stream.path("codec").asString()).isEqualTo("opus");
        assertThat(stream.path("rate").asInt()).isEqualTo(48_000);
        assertThat(stream.path("preskip").asInt()).isEqualTo(312);
    }

    @Test
    void bothRenditionsHaveTheSameNumbersPlacesAndEvents() {
        stage.join(pcm, loop).ping();
        join(opus);
        stage.start("u1");
        stage.say(SPEECH, loop);
        stage.end("u1");
        stage.clear();
        loop.run();
        assertThat(opus.seqs()).isEqualTo(pcm.seqs());
        assertThat(headers(opus)).isEqualTo(headers(pcm)).hasSize(100);
        assertThat(events(opus)).isEqualTo(events(pcm)).hasSize(4);
    }

    @Test
    void theSoundLiesWhereItsPositionsSay() throws Exception {
        join(opus);
        stage.start("u1");
        stage.say(SPEECH, loop);
        OpusEar heard = OpusEar.hear(opus.messages);
        assertThat(heard.from()).isZero();
        assertThat(heard.sound()).hasSize(SPEECH.length);
        assertThat(Decoding.signalToNoise(SPEECH, heard.sound())).isGreaterThan(14);
    }

    @Test
    void aFrameIsEncodedOnceForAllListenersOnAllLoops() {
        join(opus);
        stage.join(other, otherLoop, inOpus(Start.LIVE, null)).ping();
        stage.start("u1");
        stage.say(SPEECH, loop, otherLoop);
        assertThat(stage.stats.encoded).isEqualTo(100);
        assertThat(other.entries()).usingElementComparator(Arrays::compare).isEqualTo(opus.entries());
    }

    @Test
    void nobodyWhoListensInOpusCostsNothing() {
        stage.join(pcm, loop).ping();
        stage.start("u1");
        stage.say(SPEECH, loop);
        assertThat(stage.stats.encoded).isZero();
    }

    @Test
    void itEndsSomeTimeAfterTheLastListener() {
        Listener only = join(opus);
        stage.start("u1");
        stage.say(Arrays.copyOf(SPEECH, 4_800), loop);
        only.leave();
        stage.clock.advance(Duration.ofSeconds(29));
        stage.say(Arrays.copyOf(SPEECH, 4_800), loop);
        assertThat(stage.stats.encoded).isEqualTo(20);
        stage.clock.advance(Duration.ofSeconds(2));
        stage.say(Arrays.copyOf(SPEECH, 4_800), loop);
        assertThat(stage.stats.encoded).isEqualTo(20);
    }

    @Test
    void workersThatFallBehindMakeOneHoleAndHoldUpNobody() throws Exception {
        stage.join(pcm, loop).ping();
        join(opus);
        stage.start("u1");
        stage.play(200, loop);
        assertThat(pcm.frames()).hasSize(200);
        assertThat(opus.frames()).isEmpty();
        stage.encode();
        stage.play(10, loop);
        stage.encode();
        loop.run();
        assertThat(opus.seqs()).isEqualTo(LongStream.rangeClosed(1, 212).boxed().toList());
        assertThat(stage.stats.late).isBetween(80, 180);
        assertThat(opus.frames().stream().filter(frame -> frame[0] == FrameHeader.SILENCE))
                .hasSize(stage.stats.late)
                .allSatisfy(
                        frame -> assertThat(Arrays.copyOfRange(frame, 24, 28)).isEqualTo(new byte[] {0, 0, 1, -32}));
    }

    @Test
    void eventsStayBehindTheFramesBeforeThem() {
        join(opus);
        stage.start("u1");
        stage.frame();
        stage.end("u1");
        loop.run();
        assertThat(opus.texts("utterance.ended")).isEmpty();
        stage.encode();
        loop.run();
        assertThat(opus.seqs()).containsExactly(1L, 2L, 3L, 4L);
    }

    @CanIgnoreReturnValue
    private Listener join(RecordingOutlet outlet) {
        return stage.join(outlet, loop, inOpus(Start.LIVE, null));
    }
}
