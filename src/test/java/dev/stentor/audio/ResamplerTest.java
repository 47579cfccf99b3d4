package dev.stentor.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResamplerTest {

    private static final String PAIRS = """
            8000, 24000
            11025, 24000
            16000, 24000
            22050, 24000
            44100, 24000
            48000, 24000
            24000, 48000
            24000, 16000""";

    /** Checks the promise of docs/audio-quality.md for each pair of rates. */
    @ParameterizedTest(name = "{0} to {1} Hz")
    @MethodSource("differentPairs")
    void tonesComeThroughAloneAndWhatTheLowerRateCannotCarryIsGone(int inHz, int outHz) throws IOException {
        SteppedSine.Figures figures = new SteppedSine(inHz, outHz).measure(ResamplerTest::whole);
        assertThat(figures.restDecibels()).as("THD+N").isLessThan(-120);
        assertThat(figures.rippleDecibels()).as("ripple to 0.9 Nyquist").isLessThan(0.01);
        assertThat(figures.edgeDecibels()).as("gain at 0.95 Nyquist").isBetween(-6.1, -1.0);
        if (inHz > outHz) {
            assertThat(figures.aliasDecibels()).as("alias").isLessThan(-120);
        }
    }

    @ParameterizedTest(name = "{0} to {1} Hz")
    @CsvSource(textBlock = PAIRS)
    void theLightPresetPromisesAHundredDecibels(int inHz, int outHz) throws IOException {
        SteppedSine.Figures figures = new SteppedSine(inHz, outHz)
                .measure((from, to, sound) -> whole(Resampler.between(from, to, ResamplerPreset.LIGHT), sound));
        assertThat(figures.restDecibels()).as("THD+N").isLessThan(-100);
        assertThat(figures.rippleDecibels()).as("ripple to 0.9 Nyquist").isLessThan(0.01);
        if (inHz > outHz) {
            assertThat(figures.aliasDecibels()).as("alias").isLessThan(-98);
        }
        assertThat(Resampler.between(inHz, outHz, ResamplerPreset.LIGHT).delaySamples())
                .isLessThan(Resampler.between(inHz, outHz).delaySamples());
    }

    @Test
    void theTablesOfAllRatesAreFewAndSmall() {
        long all = 0;
        for (ResamplerPreset preset : ResamplerPreset.values()) {
            for (int inHz : Resampler.RATES_HZ) {
                for (int outHz : Resampler.RATES_HZ) {
                    SincTable table = SincTable.between(inHz, outHz, preset);
                    assertThat(table).isSameAs(SincTable.between(inHz, outHz, preset));
                    assertThat(table.bytes()).isLessThan(1_024 * 1_024);
                    all += table.bytes();
                }
            }
        }
        assertThat(all).as("of both presets").isLessThan(32 * 1_024 * 1_024);
    }

    @ParameterizedTest(name = "{0} to {1} Hz")
    @MethodSource("allPairs")
    void anySplitGivesTheSameSamples(int inHz, int outHz) {
        RandomGenerator random = Splits.random(inHz * 31L + outHz);
        float[] sound = noise(random, 3_001);
        float[] expected = whole(inHz, outHz, sound);
        for (int largest : new int[] {1, 7, 480, 2_000}) {
            Resampler resampler = Resampler.between(inHz, outHz);
            float[] joined = new float[expected.length];
            int got = 0;
            for (int at = 0; at < sound.length; ) {
                int count = Math.min(random.nextInt(largest + 1), sound.length - at);
                int put = resampler.resample(sound, at, count, joined, got);
                assertThat(put).isLessThanOrEqualTo(resampler.most(count));
                got += put;
                at += count;
            }
            got += resampler.finish(joined, got);
            assertThat(got).isEqualTo(expected.length);
            assertThat(joined).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0} to {1} Hz")
    @MethodSource("allPairs")
    void thereAreAsManySamplesAsTheTimeWants(int inHz, int outHz) {
        for (int samples : new int[] {0, 1, 2, 3, 10, 441, 479, 1_023, 1_024, 1_025, 4_800}) {
            assertThat(whole(inHz, outHz, new float[samples]))
                    .hasSize((int) Math.round((double) samples * outHz / inHz));
        }
    }

    @ParameterizedTest(name = "{0} to {1} Hz")
    @CsvSource(textBlock = PAIRS)
    void aConstantStaysAndSilenceIsExact(int inHz, int outHz) {
        assertThat(whole(inHz, outHz, new float[5_000])).containsOnly(0f);
        float[] constant = new float[20_000];
        Arrays.fill(constant, 1);
        float[] out = whole(inHz, outHz, constant);
        for (int i = out.length / 4; i < out.length * 3 / 4; i++) {
            assertThat(out[i]).isCloseTo(1, within(1e-6f));
        }
    }

    @ParameterizedTest(name = "{0} to {1} Hz")
    @MethodSource("differentPairs")
    void anImpulseStaysWhereItWas(int inHz, int outHz) {
        Resampler resampler = Resampler.between(inHz, outHz);
        int at = inHz / 5; // a fifth of a second: a whole sample at both rates
        float[] impulse = new float[2 * at];
        impulse[at] = 1;
        float[] out = whole(inHz, outHz, impulse);
        int peak = 0;
        for (int i = 0; i < out.length; i++) {
            peak = Math.abs(out[i]) > Math.abs(out[peak]) ? i : peak;
        }
        assertThat(peak).isEqualTo(outHz / 5);
        for (int i = 1; i < 100; i++) {
            assertThat(out[peak + i]).isCloseTo(out[peak - i], within(1e-9f));
        }
        // The peak comes out with the sample that lies so far behind it, and not with the one before.
        float[] scratch = new float[resampler.most(2 * at)];
        assertThat(resampler.resample(impulse, 0, at + resampler.delaySamples(), scratch, 0))
                .isEqualTo(peak);
        assertThat(resampler.resample(impulse, at + resampler.delaySamples(), 1, scratch, 0))
                .isPositive();
        assertThat(scratch[0]).isEqualTo(out[peak]);
    }

    @ParameterizedTest(name = "{0} to {1} Hz: {2} samples")
    @CsvSource({
        "22050, 24000, 96",
        "44100, 24000, 176",
        "48000, 24000, 192",
        "16000, 24000, 96",
        "24000, 48000, 96",
        "8000, 24000, 96",
        "24000, 24000, 0"
    })
    void theDelayIsKnown(int inHz, int outHz, int samples) {
        assertThat(Resampler.between(inHz, outHz).delaySamples()).isEqualTo(samples);
    }

    @Test
    void equalRatesLeaveEveryBitAlone() {
        float[] sound = noise(Splits.random(4), 5_000);
        sound[7] = Float.MIN_VALUE;
        sound[8] = 3e9f;
        for (int rateHz : Resampler.RATES_HZ) {
            assertThat(whole(rateHz, rateHz, sound)).isEqualTo(sound);
        }
    }

    @Test
    void afterTheEndAnotherSoundBegins() {
        float[] sound = noise(Splits.random(5), 3_000);
        Resampler resampler = Resampler.between(22_050, 24_000);
        float[] out = new float[resampler.most(3_000)];
        for (int time = 0; time < 3; time++) {
            int put = resampler.resample(sound, 0, sound.length, out, 0);
            put += resampler.finish(out, put);
            assertThat(Arrays.copyOf(out, put)).isEqualTo(whole(22_050, 24_000, sound));
        }
    }

    @Test
    void minutesDoNotDrift() {
        Resampler resampler = Resampler.between(22_050, 24_000);
        float[] second = new float[22_050];
        float[] out = new float[resampler.most(second.length)];
        long samples = 0;
        for (int i = 0; i < 60; i++) {
            samples += resampler.resample(second, 0, second.length, out, 0);
            assertThat(samples - (i + 1) * 24_000L).isBetween(-110L, 0L);
        }
        assertThat(samples + resampler.finish(out, 0)).isEqualTo(60 * 24_000L);
    }

    /** Checks that the filter returns to its state after each round: a rule for one round then holds for ten hours. */
    @ParameterizedTest(name = "{0} to {1} Hz")
    @MethodSource("differentPairs")
    void aSoundThatComesAgainComesOutAgainBitForBit(int inHz, int outHz) {
        SincTable table = SincTable.between(inHz, outHz, ResamplerPreset.HQ);
        int round = table.roundInputs();
        int given = table.round();
        float[] once = noise(Splits.random(inHz + 7L * outHz), round);
        Resampler resampler = Resampler.between(inHz, outHz);
        int settled = 2 * resampler.delaySamples() / round + 2;
        float[] sound = new float[(2 * settled + 4) * round];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = once[i % round];
        }
        float[] out = whole(resampler, sound);
        for (int i = settled * given; i < (settled + 2) * given; i++) {
            assertThat(out[i + given]).isEqualTo(out[i]);
        }
    }

    @Test
    void nothingIsAllocatedOnceItStands() {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Resampler resampler = Resampler.between(44_100, 24_000);
        float[] in = new float[882];
        float[] out = new float[resampler.most(in.length)];
        long before = 0;
        for (int round = 0; round < 300; round++) {
            if (round == 100) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            var _ = resampler.resample(in, 0, in.length, out, 0);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
        before = threads.getCurrentThreadAllocatedBytes();
        for (int call = 0; call < 1_000_000; call++) {
            var _ = resampler.resample(in, 0, 10, out, 0);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                .as("in a million calls: the compiler's traps")
                .isLessThan(4_096);
    }

    @ParameterizedTest(name = "{0} to {1} Hz")
    @CsvSource({"0, 24000", "22254, 24000", "24000, 96000", "-8000, 24000", "24000, 23999"})
    void otherRatesAreRefused(int inHz, int outHz) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Resampler.between(inHz, outHz))
                .withMessageContaining("Hz must be one of [8000, 11025,");
    }

    static Stream<Arguments> allPairs() {
        return Resampler.RATES_HZ.stream()
                .flatMap(inHz -> Resampler.RATES_HZ.stream().map(outHz -> Arguments.of(inHz, outHz)));
    }

    static Stream<Arguments> differentPairs() {
        return Resampler.RATES_HZ.stream()
                .flatMap(inHz -> Resampler.RATES_HZ.stream()
                        .filter(outHz -> !outHz.equals(inHz))
                        .map(outHz -> Arguments.of(inHz, outHz)));
    }

    private static float[] whole(int inHz, int outHz, float[] sound) {
        return whole(Resampler.between(inHz, outHz), sound);
    }

    private static float[] whole(Resampler resampler, float[] sound) {
        float[] out = new float[resampler.most(sound.length)];
        int put = resampler.resample(sound, 0, sound.length, out, 0);
        put += resampler.finish(out, put);
        return Arrays.copyOf(out, put);
    }

    private static float[] noise(RandomGenerator random, int samples) {
        float[] noise = new float[samples];
        for (int i = 0; i < samples; i++) {
            noise[i] = random.nextFloat(-1, 1);
        }
        return noise;
    }
}
