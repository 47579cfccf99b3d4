package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.codec.Decoding;
import dev.stentor.codec.Voiced;
import io.github.jaredmdobson.concentus.OpusDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What who listens in Opus gets, beside those who listen in PCM. */
class OpusRenditionTest {

    private static final short[] SPEECH = Voiced.samples(100 * 480);

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
        stage.join(other, otherLoop, request(Start.LIVE, null)).ping();
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
    void whoIsTheFirstCanHaveThePastAllTheSame() throws Exception {
        stage.start("u1");
        stage.say(SPEECH, loop);
        stage.join(opus, loop, request(Start.RING, null)).ping();
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
        stage.join(other, loop, request(Start.LIVE, new Resume(Stage.EPOCH, last, 30L * 480)))
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
    void aClearWaitsForNoEncoder() {
        join(opus);
        stage.start("u1");
        for (int i = 0; i < 40; i++) {
            stage.frame();
        }
        stage.clear();
        loop.run();
        assertThat(opus.frames()).isEmpty();
        assertThat(opus.text("clear").path("next_seq").asLong()).isEqualTo(44);
        stage.frame();
        stage.encode();
        loop.run();
        assertThat(opus.frames()).hasSize(1);
        assertThat(opus.seqs()).endsWith(43L, 44L);
        assertThat(stage.stats.encoded).as("only what a worker had in hand").isLessThan(20);
    }

    @Test
    void theEncoderBeginsAnewAfterAClearAndAfterAPauseButNotBetweenUtterances() {
        short[] part = Arrays.copyOf(SPEECH, 20 * 480);
        join(opus);
        stage.start("u1");
        stage.say(part, loop);
        stage.end("u1");
        stage.say(part, loop);
        stage.clock.advance(Duration.ofSeconds(1));
        stage.start("u3");
        stage.say(part, loop);
        stage.clear();
        stage.say(part, loop);
        List<byte[]> first = packets(0);
        assertThat(same(packets(20), first)).as("queued").isFalse();
        assertThat(same(packets(40), first)).as("after a pause").isTrue();
        assertThat(same(packets(60), first)).as("after a clear").isTrue();
    }

    @Test
    void aClearThatContinuesLeadsIntoTheNewSoundFromItsVeryFirstPosition() throws Exception {
        int again = 20; // frames that are rendered anew
        stage.join(pcm, loop).ping();
        join(opus);
        stage.start("u1");
        stage.sayMixed(SPEECH, loop);
        for (int i = 0; i < 5; i++) {
            stage.frame(); // still on their way to a worker
        }
        long from = 105 * 480;
        stage.clearAndContinue(from - again * 480L);
        stage.sayMixed(Arrays.copyOf(SPEECH, 40 * 480), loop);
        loop.run();

        assertThat(opus.seqs())
                .as("all but the five that the clear took back")
                .isEqualTo(pcm.seqs().stream()
                        .filter(seq -> seq < 103 || seq > 107)
                        .toList());
        assertThat(events(opus)).isEqualTo(events(pcm));
        JsonNode clear = opus.text("clear");
        assertThat(clear.path("continues").asBoolean()).isTrue();
        assertThat(clear.path("pos").asLong()).isEqualTo(from);
        assertThat(clear.path("from_pos").asLong()).isEqualTo(from - again * 480L);
        List<String> spoken = headers(pcm);
        assertThat(headers(opus).subList(0, 100)).isEqualTo(spoken.subList(0, 100));
        assertThat(headers(opus).subList(100, 140)).isEqualTo(spoken.subList(105, 145));
        OpusEar heard = OpusEar.hear(opus.messages.subList(indexOfClear(), opus.messages.size()));
        assertThat(heard.from()).isEqualTo(from);
        assertThat(Decoding.signalToNoise(Arrays.copyOf(SPEECH, heard.sound().length), heard.sound()))
                .isGreaterThan(14);
    }

    private int indexOfClear() {
        return opus.messages.stream()
                .map(RecordingOutlet.Message::json)
                .map(json -> json.path("t").asString(""))
                .toList()
                .indexOf("clear");
    }

    @Test
    void onlyAPauseIsPrecededByALongerPacket() throws Exception {
        join(opus);
        stage.start("u1");
        for (boolean mixed : new boolean[] {true, false}) {
            stage.release(new Audio(1, mixed ? 0 : 480, 0, false, true, ByteBuffer.allocate(960), 480, mixed));
        }
        stage.encode();
        loop.run();
        var decoder = new OpusDecoder(24_000, 1);
        assertThat(Decoding.of(decoder, packet(0))).hasSize(960);
        assertThat(Decoding.of(decoder, packet(1))).hasSize(1_920);
    }

    private byte[] packet(int index) {
        byte[] frame = opus.frames().get(index);
        return Arrays.copyOfRange(frame, 24, frame.length);
    }

    @Test
    void soundThatOnlyStoodStillGoesOnInTheSameStream() throws Exception {
        join(opus);
        stage.start("u1");
        stage.say(Arrays.copyOf(SPEECH, 49 * 480), loop);
        OpusEar before = OpusEar.hear(opus.messages);
        assertThat(before.sound().length).isEqualTo(49 * 480);
        stage.clock.advance(Duration.ofSeconds(1));
        stage.move();
        stage.say(Arrays.copyOfRange(SPEECH, 49 * 480, 100 * 480), loop);
        assertThat(Decoding.signalToNoise(SPEECH, OpusEar.hear(opus.messages).sound()))
                .isGreaterThan(14);
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

    @Test
    void whoWaitsForThePastIsSentAwayWithTheChannel() {
        stage.start("u1");
        stage.say(SPEECH, loop);
        stage.ask(opus, loop, request(Start.RING, null)).ping();
        stage.broadcast.close();
        loop.run();
        assertThat(opus.closes).containsExactly(CloseReason.DRAIN);
        assertThat(opus.texts("welcome")).isEmpty();
    }

    @CanIgnoreReturnValue
    private Listener join(RecordingOutlet outlet) {
        return stage.join(outlet, loop, request(Start.LIVE, null));
    }

    private static JoinRequest request(Start start, @Nullable Resume resume) {
        return new JoinRequest("c", null, start, resume, Format.OPUS);
    }

    private static List<String> headers(RecordingOutlet outlet) {
        return outlet.frames().stream()
                .map(frame -> Arrays.toString(Arrays.copyOf(frame, 24)))
                .toList();
    }

    private static List<JsonNode> events(RecordingOutlet outlet) {
        return outlet.messages.stream()
                .map(RecordingOutlet.Message::json)
                .filter(json -> json.has("seq"))
                .toList();
    }

    private List<byte[]> packets(int from) {
        return opus.frames().subList(from, from + 20).stream()
                .map(frame -> Arrays.copyOfRange(frame, 24, frame.length))
                .toList();
    }

    private static boolean same(List<byte[]> one, List<byte[]> two) {
        for (int i = 0; i < one.size(); i++) {
            if (!Arrays.equals(one.get(i), two.get(i))) {
                return false;
            }
        }
        return true;
    }
}
