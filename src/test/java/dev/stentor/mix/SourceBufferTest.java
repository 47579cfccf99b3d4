package dev.stentor.mix;

import static dev.stentor.mix.Desk.FRAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.mix.Input.Given;
import dev.stentor.mix.SourceBuffer.Bounds;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceBufferTest {

    private final AtomicInteger wanted = new AtomicInteger();
    private final SourceBuffer buffer = new SourceBuffer(Bounds.LIVE, wanted::incrementAndGet);
    private final float[] frame = new float[FRAME];

    private static float[] ramp(int from, int count) {
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = from + i;
        }
        return samples;
    }

    private void write(int from, int count) {
        assertThat(buffer.write(ramp(from, count), 0, count)).isEqualTo(count);
    }

    @Test
    void itGathersBeforeItSoundsAndFadesIn() {
        write(1, 1_439);
        assertThat(buffer.read(frame)).isEqualTo(Given.SILENCE);
        assertThat(buffer.counters().buffering()).isTrue();
        write(1_440, 1);
        assertThat(buffer.read(frame)).isEqualTo(Given.SOUND);
        assertThat(frame[0]).isCloseTo(1 / 120f, org.assertj.core.data.Offset.offset(1e-6f));
        assertThat(frame[119]).isEqualTo(120);
        assertThat(frame[479]).isEqualTo(480);
        assertThat(buffer.counters().buffering()).isFalse();
    }

    @Test
    void whenItRunsDryItFadesAndGathersAnewBeforeItGoesOnWithTheNextSample() {
        write(1, 1_540);
        for (int i = 0; i < 3; i++) {
            assertThat(buffer.read(frame)).isEqualTo(Given.SOUND);
        }
        assertThat(buffer.read(frame)).isEqualTo(Given.SOUND); // 100 samples, and the fade
        assertThat(frame[99]).isEqualTo(1_540);
        assertThat(frame[100]).isCloseTo(1_540 * 119 / 120f, org.assertj.core.data.Offset.offset(1f));
        assertThat(Arrays.copyOfRange(frame, 220, FRAME)).containsOnly(0);
        assertThat(buffer.counters().shortages()).isEqualTo(1);
        write(1_541, FRAME);
        assertThat(buffer.read(frame)).isEqualTo(Given.SILENCE); // one frame is not enough
        write(1_541 + FRAME, 2 * FRAME);
        assertThat(buffer.read(frame)).isEqualTo(Given.SOUND);
        assertThat(frame[200]).isEqualTo(1_741);
        assertThat(buffer.counters().shortages()).isEqualTo(1);
    }

    @Test
    void aLiveSourceThatIsLateJumpsWithACrossFadeAndCountsIt() {
        write(1, 600 * 24 + 1);
        assertThat(buffer.read(frame)).isEqualTo(Given.SOUND);
        long skipped = 600 * 24 + 1 - 60 * 24;
        assertThat(buffer.counters().skippedSamples()).isEqualTo(skipped);
        assertThat((long) frame[479]).isEqualTo(480 + skipped);
        assertThat(buffer.counters().bufferedSamples()).isEqualTo(60 * 24 - FRAME);
    }

    @Test
    void aPatientSourceLosesNothingAndRefusesWhatHasNoRoom() {
        var patient = new SourceBuffer(Bounds.PATIENT, wanted::incrementAndGet);
        assertThat(patient.write(ramp(1, 30_000), 0, 30_000)).isEqualTo(24_000);
        assertThat(patient.free()).isZero();
        for (int i = 0; i < 24; i++) {
            assertThat(patient.read(frame)).isEqualTo(Given.SOUND);
        }
        assertThat(wanted).hasValue(0); // less than half is free
        for (int i = 24; i < 50; i++) {
            assertThat(patient.read(frame)).isEqualTo(Given.SOUND);
        }
        assertThat(wanted).hasPositiveValue();
        assertThat(frame[479]).isEqualTo(24_000);
        assertThat(patient.counters().skippedSamples()).isZero();
    }

    @Test
    void theEndIsPlayedToTheLastSampleAndIsNoShortage() {
        write(1, 700);
        buffer.end();
        assertThat(buffer.read(frame)).isEqualTo(Given.SOUND); // no need to gather
        assertThat(buffer.read(frame)).isEqualTo(Given.END);
        assertThat(frame[219]).isEqualTo(700);
        assertThat(buffer.counters().shortages()).isZero();
        assertThat(buffer.read(frame)).isEqualTo(Given.END);
        assertThat(frame).containsOnly(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void betweenTwoThreadsNoSampleIsLostOrRepeated(long seed) throws InterruptedException {
        var patient = new SourceBuffer(Bounds.PATIENT, () -> {});
        int total = 480 * 400;
        var writer = Thread.ofPlatform().start(() -> {
            var random = Desk.random(seed);
            int written = 0;
            while (written < total) {
                int count = Math.min(1 + random.nextInt(2_000), total - written);
                written += patient.write(ramp(written + 1, count), 0, count);
                Thread.onSpinWait();
            }
            patient.end();
        });
        int next = 1;
        while (true) {
            Given given = patient.read(frame);
            for (int i = 0; i < FRAME && next <= total; i++) {
                if (frame[i] == next) { // fades apart, each sample comes as it is, in order
                    next++;
                } else if (frame[i] > next) {
                    next = (int) frame[i] + 1 <= next + 120 ? (int) frame[i] + 1 : Integer.MIN_VALUE;
                }
            }
            if (given == Given.END) {
                break;
            }
        }
        writer.join();
        assertThat(next).isEqualTo(total + 1);
        assertThat(patient.counters().skippedSamples()).isZero();
    }
}
