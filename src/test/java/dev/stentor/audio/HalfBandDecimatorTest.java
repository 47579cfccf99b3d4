package dev.stentor.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalfBandDecimatorTest {

    private static final int IN_HZ = 48_000;

    @ParameterizedTest(name = "{0} Hz")
    @ValueSource(doubles = {20, 100, 997, 3_000, 6_000, 9_000, 10_000, 10_500})
    void thePassBandIsFlat(double hertz) {
        assertThat(gainDecibels(hertz)).isCloseTo(0, within(0.005));
    }

    @Test
    void atTwelveKilohertzItIsHalfWayDown() {
        assertThat(gainDecibels(11_990)).isCloseTo(-6.02, within(0.3));
    }

    @ParameterizedTest(name = "{0} Hz")
    @ValueSource(doubles = {13_500, 13_800, 14_500, 16_000, 18_000, 20_000, 22_000, 23_900})
    void whatWouldFoldBackIsGone(double hertz) {
        // Full scale in, at most half a step out: 96 dB down, and the most that 16 bits can show.
        short[] folded = inner(decimated(tone(hertz, 0.999)));
        for (short sample : folded) {
            assertThat(Math.abs(sample)).isLessThanOrEqualTo((short) 1);
        }
        assertThat(rms(folded) / 32_768).isLessThan(Math.pow(10, -96 / 20.0));
    }

    @Test
    void silenceAndConstantsStayExact() {
        double[] constant = new double[2_000];
        assertThat(decimated(constant)).containsOnly((short) 0);
        Arrays.fill(constant, 0.25);
        assertThat(inner(decimated(constant))).containsOnly((short) 8_192);
    }

    @ParameterizedTest(name = "{0} samples")
    @ValueSource(ints = {0, 1, 2, 3, 54, 55, 56, 110, 111, 112, 4_799, 4_800})
    void thereAreHalfAsManySamplesRoundedUp(int samples) {
        assertThat(decimated(new double[samples])).hasSize((samples + 1) / 2);
    }

    @Test
    void anImpulseStaysWhereItWas() {
        double[] impulse = new double[1_000];
        impulse[400] = 0.5;
        short[] out = decimated(impulse);
        assertThat(out[200]).isEqualTo((short) 8_192);
        assertThat(out[199]).isEqualTo((short) 0);
        assertThat(out[201]).isEqualTo((short) 0);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void chunksOfAnySizeGiveTheSameSamples(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        double[] sound = random.doubles(5_001, -1, 1).toArray();
        var decimator = new HalfBandDecimator(0.7);
        var joined = new ByteArrayOutputStream();
        for (int from = 0; from < sound.length; ) {
            int to = Math.min(sound.length, from + random.nextInt(200));
            joined.writeBytes(decimator.decimate(Arrays.copyOfRange(sound, from, to)));
            from = to;
        }
        joined.writeBytes(decimator.finish());
        var whole = new HalfBandDecimator(0.7);
        var expected = new ByteArrayOutputStream();
        expected.writeBytes(whole.decimate(sound));
        expected.writeBytes(whole.finish());
        assertThat(joined.toByteArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void threeDecibelsKeepAFullScaleSquareWaveFromClipping() {
        double[] square = new double[9_600];
        for (int i = 0; i < square.length; i++) {
            square[i] = i / 53 % 2 == 0 ? 1 : -1;
        }
        for (short sample : shorts(square, Math.sqrt(0.5))) {
            assertThat((int) sample).isBetween(-32_000, 32_000);
        }
    }

    @Test
    void whatIsOverFullScaleIsClampedNotWrapped() {
        double[] loud = new double[2_000];
        Arrays.fill(loud, 2);
        assertThat(inner(decimated(loud))).containsOnly(Short.MAX_VALUE);
        Arrays.fill(loud, -2);
        assertThat(inner(decimated(loud))).containsOnly(Short.MIN_VALUE);
    }

    @Test
    void aGainIsAboveZero() {
        assertThatIllegalArgumentException().isThrownBy(() -> new HalfBandDecimator(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new HalfBandDecimator(Double.NaN));
    }

    private static double gainDecibels(double hertz) {
        double amplitude = 0.9;
        return 20 * Math.log10(rms(inner(decimated(tone(hertz, amplitude)))) / (amplitude * 32_768 / Math.sqrt(2)));
    }

    private static double[] tone(double hertz, double amplitude) {
        double[] samples = new double[2 * IN_HZ];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = amplitude * Math.sin(2 * Math.PI * hertz * i / IN_HZ);
        }
        return samples;
    }

    /** Returns one second of the sound, away from both ends. */
    private static short[] inner(short[] samples) {
        int edge = samples.length / 4;
        return Arrays.copyOfRange(samples, edge, samples.length - edge);
    }

    private static double rms(short[] samples) {
        double sum = 0;
        for (short sample : samples) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }

    private static short[] decimated(double[] samples) {
        return shorts(samples, 1);
    }

    private static short[] shorts(double[] samples, double gain) {
        var decimator = new HalfBandDecimator(gain);
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(decimator.decimate(samples));
        bytes.writeBytes(decimator.finish());
        ByteBuffer all = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        short[] out = new short[all.remaining() / 2];
        all.asShortBuffer().get(out);
        return out;
    }
}
