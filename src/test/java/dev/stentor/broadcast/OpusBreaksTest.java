package dev.stentor.broadcast;

import static dev.stentor.broadcast.Renditions.SPEECH;
import static dev.stentor.broadcast.Renditions.events;
import static dev.stentor.broadcast.Renditions.headers;
import static dev.stentor.broadcast.Renditions.inOpus;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.codec.Decoding;
import io.github.jaredmdobson.concentus.OpusDecoder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Clears, pauses and sound that stood still: where an encoder begins anew, and where it goes on. */
class OpusBreaksTest {

    private final Stage.Loop loop = new Stage.Loop();
    private final RecordingOutlet pcm = new RecordingOutlet();
    private final RecordingOutlet opus = new RecordingOutlet();
    private final Stage stage = new Stage();

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
        assertThat(stage.stats.waiting).isZero();
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

    @CanIgnoreReturnValue
    private Listener join(RecordingOutlet outlet) {
        return stage.join(outlet, loop, inOpus(Start.LIVE, null));
    }
}
