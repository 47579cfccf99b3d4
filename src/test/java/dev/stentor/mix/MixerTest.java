package dev.stentor.mix;

import static dev.stentor.mix.Desk.DELAY;
import static dev.stentor.mix.Desk.FRAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.Resampler;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixerTest {

    private static final SourceSettings UNITY = SourceSettings.UNITY;

    private final Desk desk = new Desk();

    /** Adds sources that have faded in already. */
    private Desk with(Desk to, Input... inputs) {
        for (int i = 0; i < inputs.length; i++) {
            to.mixer.put("s" + i, afterSilence(inputs[i]), UNITY);
        }
        assertThat(to.frames(1)).containsOnly(0);
        return to;
    }

    private static Input afterSilence(Input input) {
        return new Input() {
            private boolean begun;

            @Override
            public Given read(float[] frame) {
                if (begun) {
                    return input.read(frame);
                }
                begun = true;
                Arrays.fill(frame, 0);
                return Given.SILENCE;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void oneSourceAtUnityComesOutBitForBitAfterTheDelay(long seed) {
        float[] samples = Desk.noise(seed, 23_500);

        int[] out = with(desk, Desk.exact(samples)).frames(50);

        for (int i = 0; i < DELAY; i++) {
            assertThat(out[i]).isZero();
        }
        for (int i = 0; i < samples.length; i++) {
            assertThat(out[i + DELAY]).isEqualTo((int) (samples[i] * 32_768));
        }
    }

    @Test
    void silenceStaysSilentAlsoAfterTheLimiterHasLetGo() {
        float[] loud = Desk.level(3, 4 * FRAME);
        desk.mixer.put("loud", SoundClip.of(loud).once(), UNITY);
        desk.mixer.put("silence", new SilentInput(), UNITY);
        int[] busy = desk.frames(6);
        assertThat(busy).contains((int) Math.floor(32_768 * Math.pow(10, -1.6 / 20)));

        assertThat(desk.frames(50)).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void mixingIsAddingWithinOneStepOfEach(long seed) {
        float[] a = Desk.scaled(Desk.noise(seed, 20 * FRAME), 0.2);
        float[] b = Desk.scaled(Desk.noise(seed + 100, 20 * FRAME), 0.2);
        int[] ofA = with(new Desk(), SoundClip.of(a).looped()).frames(19);
        int[] ofB = with(new Desk(), SoundClip.of(b).looped()).frames(19);
        int[] ofBoth = with(
                        new Desk(), SoundClip.of(a).looped(), SoundClip.of(b).looped())
                .frames(19);
        for (int i = DELAY + FRAME; i < ofBoth.length; i++) {
            // three roundings with their dither, of one step and a half at most each
            assertThat(Math.abs(ofA[i] + ofB[i] - ofBoth[i])).isLessThanOrEqualTo(4);
            double exact = (a[i - DELAY] + b[i - DELAY]) * 32_768.0;
            assertThat(Math.abs(ofBoth[i] - exact)).isLessThanOrEqualTo(1.51);
        }
    }

    @Test
    void theOrderOfSourcesMakesNoDifferenceBeyondOneStep() {
        var sounds = new SoundClip[8];
        for (int i = 0; i < sounds.length; i++) {
            sounds[i] = SoundClip.of(Desk.scaled(Desk.noise(i, 20 * FRAME), 0.1));
        }
        var forth = new Desk();
        var back = new Desk();
        for (int i = 0; i < sounds.length; i++) {
            forth.mixer.put("s" + i, sounds[i].looped(), UNITY);
            back.mixer.put("s" + i, sounds[sounds.length - 1 - i].looped(), UNITY);
        }
        int[] one = forth.frames(20);
        int[] other = back.frames(20);
        for (int i = 0; i < one.length; i++) {
            assertThat(Math.abs(one[i] - other[i])).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void nothingWrapsWhateverComesIn() {
        float[] wild = Desk.noise(5, 40 * FRAME);
        float[] values = {1e9f, -1e9f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e-40f};
        for (int i = 0; i < wild.length; i += 97) {
            wild[i] = values[(i / 97) % values.length];
        }
        Input unchecked = new Input() {
            private int at;

            @Override
            public Given read(float[] frame) {
                System.arraycopy(wild, at, frame, 0, FRAME);
                at = (at + FRAME) % wild.length;
                return Given.SOUND;
            }
        };
        desk.mixer.put("wild", unchecked, new SourceSettings(12, 5, false));
        desk.mixer.put("loud", SoundClip.of(Desk.level(1, 40 * FRAME)).looped(), UNITY);

        int most = (int) Math.ceil(32_768 * Math.pow(10, -1.6 / 20)) + 2;
        assertThat(Desk.largest(desk.frames(200))).isLessThanOrEqualTo(most);
        assertThat(desk.mixer.sources().getFirst().faultySamples()).isPositive();
        assertThat(desk.mixer.sources().getLast().faultySamples()).isZero();
    }

    @Test
    void whatIsNoNumberBecomesSilenceAndIsCounted() {
        float[] broken = Desk.level(Float.NaN, FRAME);
        desk.mixer.put("broken", exactly(broken, Input.Given.SOUND), UNITY);

        assertThat(Desk.largest(desk.frames(2))).isLessThanOrEqualTo(1);
        assertThat(desk.mixer.sources().getFirst().faultySamples()).isEqualTo(2L * FRAME);
    }

    private static Input exactly(float[] samples, Input.Given given) {
        return frame -> {
            System.arraycopy(samples, 0, frame, 0, FRAME);
            return given;
        };
    }

    @Test
    void aSourceSaysWhetherItMakesWay() {
        desk.mixer.put("bed", SoundClip.of(Desk.level(0.1, 24_000)).looped(), new SourceSettings(0, 5, true));
        desk.mixer.put("other", SoundClip.of(Desk.level(0.1, 24_000)).looped(), UNITY);
        var _ = desk.frames(5);
        assertThat(desk.mixer.sources()).noneMatch(Mixer.SourceState::ducked);
        desk.speech = true;
        var _ = desk.frames(5);
        assertThat(desk.mixer.sources()).extracting(Mixer.SourceState::ducked).containsExactly(true, false);
        desk.speech = false;
        var _ = desk.frames(100);
        assertThat(desk.mixer.sources()).noneMatch(Mixer.SourceState::ducked);
    }

    @Test
    void equalSeedsGiveEqualBytesAndOthersDoNot() {
        int[][] runs = new int[3][];
        for (int i = 0; i < runs.length; i++) {
            var run = new Desk(15, i == 2 ? 8 : 7);
            run.mixer.put("bed", SoundClip.of(Desk.sine(440, 0.3, 24_000)).looped(), new SourceSettings(-3, 200, true));
            int[] quiet = run.frames(20);
            run.speech = true;
            runs[i] = Arrays.copyOf(quiet, 40 * FRAME);
            System.arraycopy(run.frames(20), 0, runs[i], 20 * FRAME, 20 * FRAME);
        }
        assertThat(runs[1]).isEqualTo(runs[0]);
        assertThat(runs[2]).isNotEqualTo(runs[0]);
    }

    /** Checks that nothing depends on the machine: sums have one order, and functions are those of StrictMath. */
    @Test
    void theBytesAreTheSameOnEveryMachine() {
        desk.mixer.put(
                "bed",
                SoundClip.of(Desk.scaled(Desk.noise(1, 24_000), 0.7)).looped(),
                new SourceSettings(-3, 300, true));
        var resampler = Resampler.between(44_100, 24_000);
        float[] live = new float[24_000];
        int count = resampler.resample(Desk.noise(2, 40_000), 0, 40_000, live, 0);
        desk.mixer.put("live", SoundClip.of(Arrays.copyOf(live, count)).once(), new SourceSettings(1.5, 20, false));
        var crc = new CRC32();
        for (int i = 0; i < 150; i++) {
            desk.speech = i % 60 > 30;
            for (int sample : desk.frames(1)) {
                crc.update(sample);
                crc.update(sample >> 8);
            }
        }
        assertThat(crc.getValue()).isEqualTo(310_492_916L);
    }

    @Test
    void aSourceThatIsOverIsTakenOut() {
        desk.mixer.put("ping", SoundClip.of(Desk.sine(440, 0.5, 700)).once(), UNITY);
        assertThat(desk.mixer.isSounding()).isTrue();
        var _ = desk.frames(4);
        assertThat(desk.mixer.isSounding()).isFalse();
        assertThat(desk.mixer.has("ping")).isFalse();
        var _ = desk.frames(40);
        assertThat(desk.mixer.sources()).isEmpty();
    }
}
