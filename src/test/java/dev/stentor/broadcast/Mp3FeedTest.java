package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.codec.Decoding;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.Mp3Decoding;
import dev.stentor.codec.OpusSettings;
import dev.stentor.codec.Voiced;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** MP3 for radios and speakers, against a decoder that shares no code with the encoder. */
class Mp3FeedTest {

    private static final short[] SPEECH = Voiced.samples(50 * 480);
    private static final int FRAME_BYTES = 192;

    private final Stage stage = new Stage();

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
        assertThat(stage.mp3Stats.waiting).isZero();
    }

    @Test
    void aFrameIsEncodedOnceForAllWhoListen() {
        List<Mp3Sound> one = listen(false);
        List<Mp3Sound> two = listen(false);
        say(SPEECH);
        assertThat(stage.mp3Stats.encoded).isEqualTo(54);
        assertThat(one).hasSameSizeAs(two).isNotEmpty();
        for (int i = 0; i < one.size(); i++) {
            assertThat(one.get(i)).as("shared").isSameAs(two.get(i));
        }
    }

    @Test
    void theFramesHaveTheBitRateOfTheGateway() throws Exception {
        var encoding = new SoundEncoding(
                Runnable::run, OpusSettings.SPEECH, new Mp3BitRate(128_000), EncodingStats.NONE, EncodingStats.NONE);
        FrameCodec codec = new PlainMp3(encoding).codec();
        var all = new ByteArrayOutputStream();
        for (int i = 0; i < 24; i++) {
            all.writeBytes(codec.encode(ByteBuffer.allocate(SpeechTime.FRAME_BYTES), false));
        }

        assertThat(all.size()).isEqualTo(19 * 384);
        assertThat(Mp3Decoding.of(all.toByteArray())).hasSize(19 * 576);
    }

    @Test
    void nobodyWhoListensCostsNothing() {
        stage.broadcast.plain().opus(true).subscribe();
        say(SPEECH);
        assertThat(stage.mp3Stats.encoded).isZero();
    }

    @Test
    void withoutSilenceAllOfAnUtteranceComesAndThenNothing() throws Exception {
        List<Mp3Sound> heard = listen(false);
        say(SPEECH);
        rest(200);
        assertThat(stage.mp3Stats.encoded).isEqualTo(54);
        assertHeard(heard, 0, SPEECH);
        assertThat(decoded(heard).length - Mp3Decoding.DELAY).isLessThan(SPEECH.length + 4 * 480);
    }

    @Test
    void everyUtteranceComesWholeAlthoughTheEncoderRestedBetween() throws Exception {
        List<Mp3Sound> heard = listen(false);
        say(SPEECH);
        rest(200);
        say(SPEECH);
        rest(200);
        assertHeard(heard, 0, SPEECH);
        assertHeard(heard, SPEECH.length + 4 * 480, SPEECH);
    }

    @Test
    void withSilenceTheLengthIsThatOfTheTimeAndNoJointIsHeard() throws Exception {
        List<Mp3Sound> heard = listen(true);
        rest(50);
        say(SPEECH);
        rest(100);
        short[] all = decoded(heard);
        assertThat(all.length).isBetween(220 * 480 - 2 * 576 - 576, 220 * 480);
        int begin = begin(all, SPEECH);
        var said = new short[SPEECH.length + 4_800];
        System.arraycopy(SPEECH, 0, said, 2_400, SPEECH.length);
        assertThat(Decoding.signalToNoise(said, Arrays.copyOfRange(all, begin - 2_400, begin - 2_400 + said.length)))
                .as("silence, speech and silence as one sound")
                .isGreaterThan(20);
    }

    @Test
    void anUtteranceEndsWithAPauseForThoseWhoGetNoSilence() {
        List<Mp3Sound> without = listen(false);
        List<Mp3Sound> with = listen(true);

        say(SPEECH);

        assertThat(without.stream().filter(Mp3Sound::pause)).containsExactly(without.getLast());
        assertThat(with).isNotEmpty().noneMatch(Mp3Sound::pause);
    }

    @Test
    void whoComesInMidSpeechHearsTheRest() throws Exception {
        List<Mp3Sound> first = listen(false);
        stage.start("u1");
        stage.say(Arrays.copyOf(SPEECH, 30 * 480));
        List<Mp3Sound> late = listen(false);
        stage.say(Arrays.copyOfRange(SPEECH, 30 * 480, 50 * 480));
        rest(20);
        int missed = (bytes(first).length - bytes(late).length) / FRAME_BYTES * 576;
        assertThat(missed).isPositive();
        int settled = 2 * 576;
        short[] wanted = Arrays.copyOfRange(SPEECH, missed + settled - Mp3Decoding.DELAY, SPEECH.length);
        short[] heard = Arrays.copyOfRange(decoded(late), settled, settled + wanted.length);
        assertThat(Decoding.signalToNoise(wanted, heard)).isGreaterThan(20);
    }

    @Test
    void workersThatFallBehindLoseSoundAndItIsCounted() {
        List<Mp3Sound> heard = listen(true);
        stage.clock.advance(Duration.ofSeconds(5));
        assertThat(heard).isEmpty();
        stage.encode();
        assertThat(stage.mp3Stats.late).isPositive();
        assertThat(stage.broadcast.statuses().getFirst().losses().skippedMillis())
                .isEqualTo(stage.mp3Stats.late * 20L);
    }

    @Test
    void theCaptionThatIsHeardComesWithItsSound() {
        List<Mp3Sound> heard = listen(true);
        rest(10);
        stage.start("u1");
        stage.release(new Caption("u1", 0, "One.", 0, 4, 1, 2));
        stage.say(Arrays.copyOf(SPEECH, 25 * 480));
        stage.release(new Caption("u1", 25 * 480, "Two.", 5, 9, 2, 2));
        stage.say(Arrays.copyOfRange(SPEECH, 25 * 480, 50 * 480));
        rest(50);
        List<String> titles = heard.stream().map(Mp3Sound::title).toList();
        assertThat(titles.stream().distinct()).containsExactly("", "One.", "Two.");
        assertThat(titles.stream().filter("One."::equals)).hasSizeBetween(20, 22);
        assertThat(titles.stream().filter("Two."::equals)).hasSizeBetween(20, 22);
        assertThat(titles).last().isEqualTo("");
    }

    @Test
    void aCaptionThatWasClearedIsNotTold() {
        List<Mp3Sound> heard = listen(true);
        stage.startAhead("u1", Duration.ofMillis(500));
        stage.release(new Caption("u1", 0, "Never.", 0, 6, 1, 1));
        stage.frame();
        stage.clear();
        stage.start("u2");
        stage.say(SPEECH);
        rest(20);
        assertThat(heard)
                .isNotEmpty()
                .allSatisfy(sound -> assertThat(sound.title()).isEmpty());
    }

    private List<Mp3Sound> listen(boolean silence) {
        List<Mp3Sound> heard = new ArrayList<>();
        stage.broadcast.plain().mp3(silence).subscribe(heard::add);
        stage.clock.settle();
        return heard;
    }

    private void say(short[] speech) {
        stage.start("u1");
        stage.say(speech);
        rest(20);
    }

    private void rest(int frames) {
        for (int i = 0; i < frames; i++) {
            stage.clock.advance(Duration.ofMillis(20));
            stage.encode();
        }
    }

    private static void assertHeard(List<Mp3Sound> sounds, int from, short[] said) throws Exception {
        int at = from + Mp3Decoding.DELAY;
        short[] heard = Arrays.copyOfRange(decoded(sounds), at, at + said.length);
        assertThat(Decoding.signalToNoise(said, heard)).isGreaterThan(20);
    }

    /** Returns where a sound begins in what was heard. */
    private static int begin(short[] heard, short[] said) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int at = 0; at + said.length <= heard.length; at++) {
            double match = 0;
            for (int i = 0; i < said.length; i += 7) {
                match += said[i] * (double) heard[at + i];
            }
            if (match > most) {
                most = match;
                best = at;
            }
        }
        return best;
    }

    private static byte[] bytes(List<Mp3Sound> sounds) {
        var stream = new ByteArrayOutputStream();
        sounds.forEach(sound -> {
            byte[] frames = new byte[sound.frames().remaining()];
            sound.frames().duplicate().get(frames);
            stream.writeBytes(frames);
        });
        assertThat(stream.size() % FRAME_BYTES).as("whole frames").isZero();
        return stream.toByteArray();
    }

    private static short[] decoded(List<Mp3Sound> sounds) throws Exception {
        return Mp3Decoding.of(bytes(sounds));
    }
}
