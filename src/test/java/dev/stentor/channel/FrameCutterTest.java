package dev.stentor.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameCutterTest {

    private static final int THREE_BLOCKS = 3 * SoundBlocks.BLOCK_BYTES;

    private final SoundBlocks blocks = new SoundBlocks();
    private final Random random = new Random(11);

    @Test
    void soundInBuffersOfAnySizeComesOutAsItWas() {
        var cutter = new FrameCutter(blocks);
        byte[] sound = sound(200_002);
        List<FrameCutter.Frame> given = new ArrayList<>();
        int at = 0;
        while (at < sound.length) {
            int length = Math.min(sound.length - at, 2 * random.nextInt(20_000));
            assertThat(cutter.add(ByteBuffer.wrap(sound, at, length))).isEqualTo(length / 2);
            at += length;
            for (int n = random.nextInt(15); n > 0 && cutter.hasFrame(); n--) {
                given.add(cutter.next());
            }
        }
        cutter.end();
        takeAll(cutter, given);
        assertThat(joined(given)).isEqualTo(sound);
        assertThat(given.getFirst().first()).isTrue();
        assertThat(given.getLast().last()).isTrue();
        assertThat(given.getLast().audio().remaining()).isEqualTo(SpeechTime.FRAME_BYTES);
    }

    @Test
    void framesThatWereGivenOutStayAsTheyAreWhileTheirMemoryIsUsedAgain() {
        byte[] one = sound(THREE_BLOCKS);
        byte[] other = sound(THREE_BLOCKS);
        List<FrameCutter.Frame> given = new ArrayList<>();
        spoken(one, given);
        int own = given.size();
        spoken(other, given);
        assertThat(joined(given.subList(0, own))).isEqualTo(one);
    }

    @Test
    void theBlocksOfAnUtteranceServeTheNextOne() {
        spoken(sound(THREE_BLOCKS), new ArrayList<>());
        assertThat(blocks.spare()).isEqualTo(3);
        spoken(sound(THREE_BLOCKS), new ArrayList<>());
        assertThat(blocks.spare()).isEqualTo(3);
    }

    @Test
    void whatIsDroppedGivesItsBlocksBack() {
        var cutter = new FrameCutter(blocks);
        var _ = cutter.add(ByteBuffer.wrap(sound(THREE_BLOCKS)));
        assertThat(blocks.spare()).isZero();
        cutter.drop();
        cutter.drop();
        assertThat(blocks.spare()).isEqualTo(3);
    }

    @Test
    void noMoreThanSixteenMegabytesAreKeptSpare() {
        var cutter = new FrameCutter(blocks);
        var _ = cutter.add(ByteBuffer.allocate(20 * 1024 * 1024));
        cutter.drop();
        assertThat(blocks.spare()).isEqualTo(1024);
    }

    @Test
    void framesThatAreTakenBackComeAgainBeforeTheRest() {
        var cutter = new FrameCutter(blocks);
        byte[] sound = sound(50_000);
        var _ = cutter.add(ByteBuffer.wrap(sound));
        List<FrameCutter.Frame> first = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            first.add(cutter.next());
        }
        cutter.putBack(first);
        cutter.end();
        List<FrameCutter.Frame> again = new ArrayList<>();
        takeAll(cutter, again);
        assertThat(joined(again)).isEqualTo(sound);
        assertThat(again.getFirst().first()).isTrue();
        assertThat(blocks.spare()).isEqualTo(4);
    }

    @Test
    void soundThatComesAfterFramesWereTakenBackStandsBehindThem() {
        var cutter = new FrameCutter(blocks);
        byte[] sound = sound(5 * SpeechTime.FRAME_BYTES);
        int half = 3 * SpeechTime.FRAME_BYTES;
        var _ = cutter.add(ByteBuffer.wrap(sound, 0, half));
        List<FrameCutter.Frame> first = List.of(cutter.next(), cutter.next(), cutter.next());
        cutter.putBack(first);
        var _ = cutter.add(ByteBuffer.wrap(sound, half, sound.length - half));
        cutter.end();
        List<FrameCutter.Frame> again = new ArrayList<>();
        takeAll(cutter, again);
        assertThat(joined(again)).isEqualTo(sound);
        assertThat(blocks.spare()).isEqualTo(1);
    }

    private void spoken(byte[] sound, List<FrameCutter.Frame> given) {
        var cutter = new FrameCutter(blocks);
        var _ = cutter.add(ByteBuffer.wrap(sound));
        cutter.end();
        takeAll(cutter, given);
    }

    private static void takeAll(FrameCutter cutter, List<FrameCutter.Frame> given) {
        while (cutter.hasFrame()) {
            given.add(cutter.next());
        }
        assertThat(cutter.isExhausted()).isTrue();
    }

    private static byte[] joined(List<FrameCutter.Frame> frames) {
        var out = new ByteArrayOutputStream();
        frames.forEach(frame -> out.writeBytes(samples(frame)));
        return out.toByteArray();
    }

    private static byte[] samples(FrameCutter.Frame frame) {
        byte[] all = new byte[frame.audio().remaining()];
        frame.audio().duplicate().get(all);
        return Arrays.copyOf(all, frame.samples() * Short.BYTES);
    }

    private byte[] sound(int bytes) {
        byte[] sound = new byte[bytes];
        random.nextBytes(sound);
        return sound;
    }
}
