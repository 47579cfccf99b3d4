package dev.stentor.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class OpusEncoderTest {

    private static final int LAG = OpusEncoder.PRE_SKIP / OpusEncoder.TICKS_PER_SAMPLE;

    private final OpusEncoder encoder = new OpusEncoder(OpusSettings.SPEECH);

    @Test
    void thePreSkipIsWhatTheEncoderSaysItself() throws OpusException {
        var bare = new io.github.jaredmdobson.concentus.OpusEncoder(24_000, 1, OpusApplication.OPUS_APPLICATION_AUDIO);
        assertThat(bare.getLookahead() * OpusEncoder.TICKS_PER_SAMPLE).isEqualTo(OpusEncoder.PRE_SKIP);
    }

    @Test
    void theLastPacketBringsWhatTheEncoderWouldKeepBack() throws OpusException {
        short[] speech = loudToItsEnd(20);
        var decoder = new OpusDecoder(24_000, 1);
        var sound = new ByteArrayOutputStream();
        for (int i = 0; i < 20; i++) {
            byte[] packet = i < 19 ? encoder.encode(frame(speech, i)) : encoder.encodeLast(frame(speech, i));
            sound.writeBytes(Decoding.of(decoder, packet));
        }
        short[] heard = Decoding.samples(sound.toByteArray());
        assertThat(heard).hasSize(21 * 480);
        assertThat(Decoding.signalToNoise(
                        Arrays.copyOfRange(speech, 19 * 480 + 320, 20 * 480),
                        Arrays.copyOfRange(heard, 19 * 480 + 320 + LAG, 20 * 480 + LAG)))
                .isGreaterThan(8);
    }

    @Test
    void afterAResetItEncodesAsANewOneWould() {
        byte[] once = encoder.encode(frame(Voiced.samples(480), 0));
        var _ = encoder.encode(frame(loudToItsEnd(1), 0));
        encoder.reset();
        assertThat(encoder.encode(frame(Voiced.samples(480), 0))).isEqualTo(once);
    }

    private static short[] loudToItsEnd(int frames) {
        short[] samples = new short[frames * 480];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(8_000 * Math.sin(i * 0.11) + 4_000 * Math.sin(i * 0.047));
        }
        return samples;
    }

    private static ByteBuffer frame(short[] samples, int index) {
        return ByteBuffer.wrap(Voiced.bytes(Arrays.copyOfRange(samples, index * 480, (index + 1) * 480)));
    }
}
