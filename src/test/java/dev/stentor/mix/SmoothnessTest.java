package dev.stentor.mix;

import static dev.stentor.mix.Desk.DELAY;
import static dev.stentor.mix.Desk.FRAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever begins, ends or changes, no step between samples is larger than the material's own and that of the ramp. */
class SmoothnessTest {

    private static final double SIZE = 0.5;
    /** The largest step of a sine of 440 Hz at that size. */
    private static final double NATURAL = SIZE * 2 * Math.PI * 440 / 24_000;

    private static final double ALLOWED = NATURAL + 1 / 120.0;

    private final Desk desk = new Desk();

    private static Input sine() {
        return SoundClip.of(Desk.sine(440, SIZE, 6_000)).looped(); // 110 periods
    }

    private static SourceSettings fading(int millis) {
        return new SourceSettings(0, millis, false);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 13, 20, 400})
    void startAndStop(int fadeMillis) {
        int[] all = new int[90 * FRAME];
        System.arraycopy(desk.frames(3), 0, all, 0, 3 * FRAME);
        desk.mixer.put("tone", sine(), fading(fadeMillis));
        System.arraycopy(desk.frames(47), 0, all, 3 * FRAME, 47 * FRAME);
        assertThat(desk.mixer.remove("tone")).isTrue();
        System.arraycopy(desk.frames(40), 0, all, 50 * FRAME, 40 * FRAME);
        assertThat(Desk.largestStep(all, 0, all.length)).isLessThanOrEqualTo(ALLOWED);
        assertThat(Desk.rmsDb(all, 40 * FRAME, 50 * FRAME)).isBetween(-9.1, -8.9);
        assertThat(Arrays.copyOfRange(all, 88 * FRAME, 90 * FRAME)).containsOnly(0);
    }

    @Test
    void aFadeInIsMonotonousToTheTarget() {
        desk.mixer.put("level", SoundClip.of(Desk.level(0.5, 24_000)).looped(), fading(200));
        int[] out = desk.frames(15);
        for (int i = 1; i < out.length; i++) {
            assertThat(out[i] - out[i - 1]).isGreaterThanOrEqualTo(-3); // of the dither
        }
        assertThat(out[out.length - 1]).isBetween(16_383, 16_385);
    }

    @Test
    void aChangeOfGainIsNoZipper() {
        desk.mixer.put("tone", sine(), new SourceSettings(-60, 5, false));
        var _ = desk.frames(5);
        assertThat(desk.mixer.change("tone", fading(5))).isTrue();
        int[] out = desk.frames(10);
        double natural = SIZE * Math.pow(2 * Math.PI * 440 / 24_000, 2);
        double largest = 0;
        for (int i = 2; i < out.length; i++) {
            largest = Math.max(largest, Math.abs(out[i] - 2 * out[i - 1] + out[i - 2]) / 32_768.0);
        }
        assertThat(largest).isLessThanOrEqualTo(2 * natural + 6 / 32_768.0);
    }

    @Test
    void aLongGlideIsEvenInDecibels() {
        desk.mixer.put("tone", SoundClip.of(Desk.level(0.5, 24_000)).looped(), fading(5));
        var _ = desk.frames(5);
        assertThat(desk.mixer.change("tone", new SourceSettings(-20, 1_000, false)))
                .isTrue();
        int[] out = desk.frames(50);
        double halfway = 20 * Math.log10(out[25 * FRAME + DELAY] / (0.5 * 32_768));
        assertThat(halfway).isBetween(-10.1, -9.9);
        assertThat(desk.frames(1)[FRAME - 1]).isBetween(1_636, 1_641);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 40, 500})
    void aSourceInAnothersPlaceIsCrossFadedWithEqualPower(int fadeMillis) {
        desk.mixer.put("bed", sine(), fading(5));
        var _ = desk.frames(20);
        float[] other = Desk.sine(440, SIZE, 6_000);
        desk.mixer.put(
                "bed", SoundClip.of(Desk.scaled(other, -1)).looped(), fading(fadeMillis)); // the worst case for a step
        int[] out = desk.frames(60);
        assertThat(Desk.largestStep(out, 0, out.length)).isLessThanOrEqualTo(2 * NATURAL + 1 / 120.0);
        assertThat(Desk.rmsDb(out, 50 * FRAME, 60 * FRAME)).isBetween(-9.1, -8.9);
    }

    @Test
    void equalPowerKeepsTheLevelOfUnrelatedSounds() {
        desk.mixer.put(
                "bed", SoundClip.of(Desk.scaled(Desk.noise(1, 48_000), 0.2)).looped(), fading(5));
        var _ = desk.frames(20);
        double before = Desk.rmsDb(desk.frames(25), 0, 25 * FRAME);
        desk.mixer.put(
                "bed", SoundClip.of(Desk.scaled(Desk.noise(2, 48_000), 0.2)).looped(), fading(1_000));
        int[] out = desk.frames(50);
        for (int at = 0; at + 5 * FRAME <= out.length; at += 5 * FRAME) {
            assertThat(Desk.rmsDb(out, at, at + 5 * FRAME)).isBetween(before - 0.5, before + 0.5);
        }
    }

    @Test
    void duckingIsSmoothAndAsDeepAsAsked() {
        desk.mixer.duck(new DuckSettings(-12, 100, 100, 600));
        desk.mixer.put("bed", sine(), new SourceSettings(0, 5, true));
        var _ = desk.frames(10);
        desk.speech = true;
        int[] down = desk.frames(15);
        assertThat(desk.mixer.isClear()).isTrue();
        assertThat(Desk.rmsDb(down, 6 * FRAME, 15 * FRAME)).isBetween(-21.2, -20.8);
        desk.speech = false;
        int[] up = desk.frames(60);
        assertThat(Desk.rmsDb(up, 50 * FRAME, 60 * FRAME)).isBetween(-9.1, -8.9);
        assertThat(Math.max(Desk.largestStep(down, 0, down.length), Desk.largestStep(up, 0, up.length)))
                .isLessThanOrEqualTo(ALLOWED);
    }

    @Test
    void theLimitersTransitionsMakeNoStep() {
        float[] loud = new float[24_000];
        for (int i = 0; i < loud.length; i++) {
            double size = (i / 2_400) % 2 == 0 ? 1.4 : 0.5;
            loud[i] = (float) (size * Math.sin(2 * Math.PI * 440 * i / 24_000));
        }
        desk.mixer.put("loud", SoundClip.of(loud).looped(), fading(5));
        desk.mixer.put("quiet", SoundClip.of(Desk.sine(300, 0.01, 24_000)).looped(), fading(5));
        int[] out = desk.frames(200);
        double ceiling = Math.pow(10, -1 / 20.0);
        double natural = 1.4 * 2 * Math.PI * 440 / 24_000;
        assertThat(Desk.largestStep(out, 0, out.length)).isLessThanOrEqualTo(natural + 1 / 120.0);
        assertThat(Desk.largest(out) / 32_768.0).isLessThanOrEqualTo(ceiling);
        assertThat(Desk.rmsDb(out, 100 * FRAME, 105 * FRAME)).isBetween(-6.0, -3.0); // not squashed
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aSourceThatRunsDryAndComesBackDoesNotClick(long seed) {
        var late = new SourceBuffer(SourceBuffer.Bounds.LIVE, () -> {});
        desk.mixer.put("late", late, fading(5));
        var random = Desk.random(seed);
        float[] sine = Desk.sine(440, SIZE, 24_000 * 20);
        int written = 0;
        int[] all = new int[500 * FRAME];
        for (int f = 0; f < 500; f++) {
            int burst = random.nextInt(6) == 0 ? random.nextInt(6_000) : 0;
            written += late.write(sine, written, Math.min(burst, sine.length - written));
            System.arraycopy(desk.frames(1), 0, all, f * FRAME, FRAME);
        }
        assertThat(late.counters().shortages()).isGreaterThan(3);
        assertThat(Desk.largestStep(all, 0, all.length)).isLessThanOrEqualTo(2 * NATURAL + 1 / 120.0);
    }

    @Test
    void aSoundThatIsCutOffLoudEndsSoftly() {
        desk.mixer.put("ping", SoundClip.of(Desk.level(0.5, 1_000)).once(), fading(5));
        int[] out = desk.frames(6);
        assertThat(Desk.largestStep(out, 0, out.length)).isLessThanOrEqualTo(1 / 120.0 + 3 / 32_768.0);
    }

    @Test
    void aLoopsSeamIsSoftWhereItIsAskedFor() {
        float[] sine = Desk.sine(440, SIZE, 6_013); // breaks off in mid-period
        desk.mixer.put("bed", SoundClip.of(sine).loop(50).input(() -> true), fading(5));
        int[] out = desk.frames(50);
        assertThat(Desk.largestStep(out, 0, out.length)).isLessThanOrEqualTo(1.5 * NATURAL);
    }

    /** Checks every place of the sound at which the end can be asked for, including the last 5 ms. */
    @Test
    void aLoopThatIsLetComeToItsEndEndsSoftly() {
        SoundClip.Loop loop = SoundClip.of(Desk.sine(440, SIZE, 6_013)).loop(50);
        int framesOfIt = Math.ceilDiv(6_013, SpeechTime.FRAME_SAMPLES);
        for (int asked = 1; asked <= framesOfIt + 1; asked++) {
            var goesOn = new AtomicBoolean(true);
            var own = new Desk();
            own.mixer.put("bed", loop.input(goesOn::get), fading(5));
            int[] before = own.frames(framesOfIt + asked);
            goesOn.set(false);
            int[] after = own.frames(2 * framesOfIt + 2);
            int[] all = Arrays.copyOf(before, before.length + after.length);
            System.arraycopy(after, 0, all, before.length, after.length);
            assertThat(own.mixer.has("bed")).isFalse();
            assertThat(Desk.largestStep(all, 0, all.length)).isLessThanOrEqualTo(1.5 * NATURAL);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 481, 599, 601, 961})
    void aLoopHoweverShortComesToItsEndWithinAFewFrames(int samples) {
        var goesOn = new AtomicBoolean(true);
        desk.mixer.put("bed", SoundClip.of(Desk.level(0.1, samples)).loop(0).input(goesOn::get), fading(5));
        var _ = desk.frames(7);
        goesOn.set(false);
        var _ = desk.frames(5);
        assertThat(desk.mixer.has("bed")).isFalse();
    }

    @Test
    void aLoopThatIsLetComeToItsEndIsPlayedToItsLastSampleButForTheFade() {
        float[] sound = new float[4_800];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = i / 10_000f;
        }
        var rounds = new AtomicInteger(2);
        Input loop = SoundClip.of(sound).loop(50).input(() -> rounds.decrementAndGet() > 0);
        float[] played = new float[4_800 + 3_600 + 480];
        float[] frame = new float[480];
        for (int at = 0; at < played.length; at += 480) {
            var _ = loop.read(frame);
            System.arraycopy(frame, 0, played, at, Math.min(480, played.length - at));
        }
        for (int i = 0; i < 3_600; i++) {
            assertThat(played[i]).isEqualTo(sound[i]);
        }
        for (int i = 1_200; i < 4_680; i++) { // the second round, from behind the seam to the last fade
            assertThat(played[3_600 + i]).isEqualTo(sound[i]);
        }
        assertThat(played[3_600 + 4_799]).isZero();
        assertThat(loop.read(frame)).isEqualTo(Input.Given.END);
    }
}
