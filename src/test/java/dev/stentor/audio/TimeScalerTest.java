package dev.stentor.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeScalerTest {

    private static final int RATE_HZ = SpeechTime.SAMPLES_PER_SECOND;
    private static final int AMPLITUDE = 20_000;

    @Test
    void speed1PassesEverySampleUnchanged() {
        byte[] noise = Splits.bytes(Splits.random(1), 48_000);

        assertThat(scaled(noise, 1)).isEqualTo(noise);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.3, 0.5, 0.77, 0.999, 1.001, 1.25, 1.5, 2, 3.1, 4})
    void theLengthIsThatOfTheInputDividedByTheSpeedToTheSample(double speed) {
        RandomGenerator random = Splits.random(2);
        for (int samples : new int[] {0, 1, 2, 7, 100, 359, 360, 361, 719, 720, 1_079, 1_080, 1_500, 9_999, 48_000}) {
            byte[] noise = Splits.bytes(random, samples * 2);

            assertThat(scaled(noise, speed)).hasSize((int) Math.round(samples / speed) * 2);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.6, 0.98, 1.1, 1.7, 2.5, 4})
    void anyCutOfTheInputGivesTheSameSamples(double speed) {
        RandomGenerator random = Splits.random(3);
        for (int round = 0; round < 12; round++) {
            byte[] sound = bytes(voice(random.nextInt(0, 40_000)));
            byte[] whole = scaled(sound, speed);
            var parts = new ByteArrayOutputStream();
            var scaler = new TimeScaler(speed);
            var aligner = new SampleAligner();
            for (ByteBuffer part : Splits.anywhere(random, sound)) {
                add(parts, scaler.scale(aligner.align(part)));
            }
            add(parts, scaler.finish());

            assertThat(parts.toByteArray()).isEqualTo(whole);
        }
    }

    @Test
    void aBufferLargerThanItsMemoryGivesTheSameSamples() {
        byte[] sound = bytes(voice(20 * RATE_HZ));
        var parts = new ByteArrayOutputStream();
        var scaler = new TimeScaler(3.7);
        for (int from = 0; from < sound.length; from += 960) {
            add(parts, scaler.scale(ByteBuffer.wrap(sound, from, Math.min(960, sound.length - from))));
        }
        add(parts, scaler.finish());

        assertThat(parts.toByteArray()).isEqualTo(scaled(sound, 3.7));
    }

    @ParameterizedTest
    @CsvSource({
        "0.25, 90",
        "0.25, 220",
        "0.25, 997",
        "0.5, 110",
        "0.5, 440",
        "0.8, 70",
        "0.8, 3000",
        "1.25, 85",
        "1.25, 440",
        "1.5, 200",
        "1.5, 5000",
        "2, 120",
        "2, 997",
        "3, 333",
        "4, 90",
        "4, 250",
        "4, 2000"
    })
    void theToneStaysTheSameToOnePercent(double speed, double hertz) {
        double heard = hertz(samples(scaled(bytes(tone(hertz, 2 * RATE_HZ)), speed)));

        assertThat(heard).isCloseTo(hertz, within(hertz / 100));
    }

    @ParameterizedTest
    @CsvSource({"0.25, 90", "0.25, 440", "0.5, 233", "0.8, 997", "1.2, 71", "1.25, 440", "2, 120", "3, 997", "4, 250"})
    void noStepIsLargerThanTheSignalsOwn(double speed, double hertz) {
        short[] tone = tone(hertz, 2 * RATE_HZ);
        short[] heard = samples(scaled(bytes(tone), speed));

        // The last 30 ms end with the input's own end, whatever the phase.
        assertThat(largestStep(heard, heard.length - 2 * 360))
                .isLessThanOrEqualTo(largestStep(tone, tone.length) * 1.02 + 2);
        assertThat(largestStep(heard, heard.length))
                .isLessThanOrEqualTo(largestStep(tone, tone.length) + AMPLITUDE / 100.0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 0.9, 1.3, 2, 4})
    void theFirstAndTheLastSamplesAreThoseOfTheInput(double speed) {
        short[] voice = voice(RATE_HZ);
        short[] heard = samples(scaled(bytes(voice), speed));

        assertThat(heard[0]).isEqualTo(voice[0]);
        assertThat((int) heard[heard.length - 1]).isCloseTo(voice[voice.length - 1], within(2));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 0.8, 1.25, 2, 4})
    void aPlaceOfTheInputIsHeardAtItsScaledPlace(double speed) {
        short[] clicks = new short[4 * RATE_HZ];
        int place = 2 * RATE_HZ;
        for (int i = 0; i < 2_400; i++) {
            clicks[place + i] = (short) (AMPLITUDE * Math.sin(2 * Math.PI * 300 * i / RATE_HZ));
        }
        short[] heard = samples(scaled(bytes(clicks), speed));
        int begin = 0;
        while (Math.abs(heard[begin]) < 1_000) {
            begin++;
        }

        double tolerance = Math.max(24 * 24 / speed, 15 * 24);
        assertThat((double) begin).isCloseTo((double) TimeScaler.scaled(place, speed), within(tolerance));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.5, 0.75, 1.25, 1.5, 2, 3, 4})
    void soundIsNeitherEarlyNorLate(double speed) {
        RandomGenerator random = Splits.random(4);
        for (int round = 0; round < 10; round++) {
            int place = random.nextInt(20_000, 24_000);
            short[] burst = burst(place, random.nextInt(120, 320));
            double heard = centre(samples(scaled(bytes(burst), speed)));

            assertThat(heard).isCloseTo(place / speed, within(5 * 24 * Math.max(1, 1 / speed)));
        }
    }

    @Test
    void silenceStaysSilence() {
        assertThat(scaled(new byte[48_000], 1.5)).containsOnly(0);
    }

    @Test
    void soundIsHeldBackFor58MillisecondsOnly() {
        var scaler = new TimeScaler(0.5);
        byte[] sound = bytes(voice(RATE_HZ));

        int heard = scaler.scale(ByteBuffer.wrap(sound)).remaining() / 2;

        assertThat(heard).isGreaterThanOrEqualTo((int) ((RATE_HZ - 58 * 24) / 0.5 - 360));
    }

    @Test
    void anotherSpeedIsRefused() {
        for (double speed : List.of(0.0, 0.24, 4.01, -1.0, Double.NaN, Double.POSITIVE_INFINITY)) {
            assertThat(TimeScaler.isSpeed(speed)).isFalse();
            assertThatThrownBy(() -> new TimeScaler(speed)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static byte[] scaled(byte[] sound, double speed) {
        var scaler = new TimeScaler(speed);
        var out = new ByteArrayOutputStream();
        add(out, scaler.scale(ByteBuffer.wrap(sound).asReadOnlyBuffer()));
        add(out, scaler.finish());
        return out.toByteArray();
    }

    private static void add(ByteArrayOutputStream out, ByteBuffer sound) {
        assertThat(sound.isReadOnly()).isTrue();
        byte[] bytes = new byte[sound.remaining()];
        sound.get(bytes);
        out.writeBytes(bytes);
    }

    private static short[] tone(double hertz, int samples) {
        short[] tone = new short[samples];
        for (int i = 0; i < samples; i++) {
            tone[i] = (short) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * hertz * i / RATE_HZ));
        }
        return tone;
    }

    /** Returns a sound that changes as speech does: harmonics of a gliding pitch, in syllables. */
    private static short[] voice(int samples) {
        short[] voice = new short[samples];
        double phase = 0;
        for (int i = 0; i < samples; i++) {
            double seconds = (double) i / RATE_HZ;
            phase += 2 * Math.PI * (140 + 40 * Math.sin(2 * seconds)) / RATE_HZ;
            double sum = 0;
            for (int harmonic = 1; harmonic < 12; harmonic++) {
                sum += Math.sin(harmonic * phase) / harmonic;
            }
            voice[i] = (short) (9_000 * sum * (0.55 + 0.45 * Math.sin(2 * Math.PI * 4 * seconds)));
        }
        return voice;
    }

    /** Returns 200 ms of a tone that swells and fades around a place. */
    private static short[] burst(int place, int hertz) {
        short[] sound = new short[2 * RATE_HZ];
        for (int i = -2_400; i < 2_400; i++) {
            double level = 8_000 * Math.cos(Math.PI * i / 4_800);
            sound[place + i] = (short) (level * Math.sin(2 * Math.PI * hertz * i / RATE_HZ));
        }
        return sound;
    }

    private static double centre(short[] sound) {
        double energy = 0;
        double moment = 0;
        for (int i = 0; i < sound.length; i++) {
            double power = (double) sound[i] * sound[i];
            energy += power;
            moment += power * i;
        }
        return moment / energy;
    }

    private static double hertz(short[] sound) {
        int first = -1;
        int last = -1;
        int rises = 0;
        for (int i = sound.length / 10; i < sound.length * 9 / 10; i++) {
            if (sound[i - 1] < 0 && sound[i] >= 0) {
                first = first < 0 ? i : first;
                last = i;
                rises++;
            }
        }
        return (rises - 1) * (double) RATE_HZ / (last - first);
    }

    private static double largestStep(short[] sound, int end) {
        int largest = 0;
        for (int i = 1; i < end; i++) {
            largest = Math.max(largest, Math.abs(sound[i] - sound[i - 1]));
        }
        return largest;
    }

    private static byte[] bytes(short[] samples) {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        return bytes.array();
    }

    private static short[] samples(byte[] bytes) {
        short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }
}
