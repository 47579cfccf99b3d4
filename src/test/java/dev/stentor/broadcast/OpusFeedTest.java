package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.codec.Decoding;
import dev.stentor.codec.Voiced;
import io.github.jaredmdobson.concentus.OpusDecoder;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Opus for those who speak no protocol. */
class OpusFeedTest {

    private static final short[] SPEECH = Voiced.samples(50 * 480);

    private final Stage stage = new Stage();

    @AfterEach
    void allMemoryGoesBack() {
        stage.close();
        assertThat(stage.stats.waiting).isZero();
    }

    @Test
    void aFrameIsEncodedOnceForAllWhoListen() {
        List<OpusSound> one = listen(false);
        List<OpusSound> two = listen(false);
        say(SPEECH);
        assertThat(stage.stats.encoded).isEqualTo(51);
        assertThat(packets(one)).hasSize(51);
        for (int i = 0; i < 51; i++) {
            assertThat(packets(one).get(i)).as("shared").isSameAs(packets(two).get(i));
        }
    }

    @Test
    void nobodyWhoListensCostsNothing() {
        stage.broadcast.plain().audio(true).subscribe();
        say(SPEECH);
        assertThat(stage.stats.encoded).isZero();
    }

    @Test
    void withoutSilenceTheEndOfAnUtteranceComesAndThenNothing() throws Exception {
        List<OpusSound> heard = listen(false);
        say(SPEECH);
        rest(200);
        assertThat(stage.stats.encoded).isEqualTo(51);
        assertThat(heard.getLast().pause()).isTrue();
        assertThat(heard.stream().filter(OpusSound::pause)).hasSize(1);
        assertThat(Decoding.signalToNoise(SPEECH, decoded(heard, 0, SPEECH.length)))
                .isGreaterThan(14);
    }

    @Test
    void withSilencePausesAreFilledInRealTime() {
        List<OpusSound> heard = listen(true);
        rest(100);
        assertThat(packets(heard)).hasSize(100);
        say(SPEECH);
        assertThat(heard).noneMatch(OpusSound::pause);
    }

    @Test
    void whoComesInMidSpeechGetsWhatTheDecoderNeedsFirst() throws Exception {
        List<OpusSound> first = listen(false);
        stage.start("u1");
        stage.say(Arrays.copyOf(SPEECH, 30 * 480));
        List<OpusSound> late = listen(false);
        assertThat(late.getFirst().packets()).hasSize(4);
        stage.say(Arrays.copyOfRange(SPEECH, 30 * 480, 50 * 480));
        rest(20);
        int missed = packets(first).size() - (packets(late).size() - 4);
        short[] heard = decoded(late, 4 * 480, SPEECH.length - missed * 480);
        assertThat(Decoding.signalToNoise(Arrays.copyOfRange(SPEECH, missed * 480, SPEECH.length), heard))
                .isGreaterThan(14);
    }

    @Test
    void workersThatFallBehindLoseSoundAndItIsCounted() {
        List<OpusSound> heard = listen(true);
        stage.clock.advance(Duration.ofSeconds(5));
        assertThat(packets(heard)).isEmpty();
        stage.encode();
        assertThat(stage.stats.late).isPositive();
        assertThat(packets(heard)).hasSize(250 - stage.stats.late);
        assertThat(stage.broadcast.statuses().getFirst().losses().skippedMillis())
                .isEqualTo(stage.stats.late * 20L);
    }

    @Test
    void theEncoderEndsWithTheLastWhoListens() {
        var only = stage.broadcast.plain().opus(true).subscribe();
        rest(10);
        only.dispose();
        rest(100);
        assertThat(stage.stats.encoded).isBetween(9, 11);
    }

    private List<OpusSound> listen(boolean silence) {
        List<OpusSound> heard = new ArrayList<>();
        stage.broadcast.plain().opus(silence).subscribe(heard::add);
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

    private static List<byte[]> packets(List<OpusSound> sounds) {
        return sounds.stream().flatMap(sound -> sound.packets().stream()).toList();
    }

    /** So many samples from a place on, as a player hears them: the lag taken off. */
    private static short[] decoded(List<OpusSound> sounds, int from, int count) throws Exception {
        var decoder = new OpusDecoder(24_000, 1);
        var sound = new ByteArrayOutputStream();
        for (byte[] packet : packets(sounds)) {
            sound.writeBytes(Decoding.of(decoder, packet));
        }
        short[] all = Decoding.samples(sound.toByteArray());
        return Arrays.copyOfRange(all, from + 156, from + 156 + count);
    }
}
