package dev.stentor.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.RecordedSound;
import dev.stentor.audio.ResamplerPreset;
import dev.stentor.audio.SoundReader;
import dev.stentor.audio.UnreadableSound;
import dev.stentor.codec.OggOpusEncoder;
import dev.stentor.codec.OpusSettings;
import dev.stentor.testing.Fuzz;
import dev.stentor.testing.Recordings;
import dev.stentor.testing.Signals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SoundFilesFuzzTest {

    private static final List<byte[]> GOOD = List.of(
            Arrays.copyOf(Recordings.wav(24_000, 1, 16, 1), 6_000),
            Arrays.copyOf(Recordings.wav(8_000, 2, 16, 1), 6_000),
            Arrays.copyOf(Recordings.wav(48_000, 1, 24, 1), 6_000),
            ogg());

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anyBytesAreSoundOfBoundedLoudnessOrAnUnreadableFile() {
        Fuzz.rounds(random -> {
            byte[] file = file(random);
            try {
                SoundReader reader = SoundFormat.reader(
                        Arrays.copyOf(file, Math.min(file.length, SoundFormat.HEAD_BYTES)), ResamplerPreset.LIGHT);
                for (byte[] part : Fuzz.parts(random, file)) {
                    assertSound(reader.read(ByteBuffer.wrap(part)));
                }
                assertSound(reader.finish());
            } catch (UnreadableSound expected) {
                assertThat(expected.code()).isNotBlank();
            }
        });
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anyBytesAreARecordingOrNone() {
        Fuzz.rounds(random -> {
            byte[] file = file(random);
            try {
                RecordedSound.read(new ByteArrayInputStream(file), file.length)
                        .flatMap(RecordedSound::duration)
                        .ifPresent(duration -> assertThat(duration.isNegative()).isFalse());
            } catch (EOFException cut) {
                assertThat(file.length).isLessThan(20_000);
            }
        });
    }

    private static byte[] file(RandomGenerator random) {
        byte[] good = GOOD.get(random.nextInt(GOOD.size()));
        if (random.nextInt(5) == 0) {
            return Fuzz.bytes(random, 5_000);
        }
        // Most of what can go wrong is in the head.
        byte[] head = Fuzz.damaged(random, Arrays.copyOf(good, random.nextInt(20, 200)));
        byte[] file = Arrays.copyOf(head, head.length + good.length);
        System.arraycopy(good, 0, file, head.length, good.length);
        return random.nextInt(3) == 0 ? Fuzz.damaged(random, good) : file;
    }

    private static void assertSound(float[] samples) {
        for (float sample : samples) {
            if (!(Math.abs(sample) <= 2 * SoundReader.Faults.LOUDEST)) {
                throw new AssertionError("a sample of " + sample);
            }
        }
    }

    private static byte[] ogg() {
        var encoder = new OggOpusEncoder(OpusSettings.SPEECH, 7);
        var file = new ByteArrayOutputStream();
        file.writeBytes(encoder.head());
        file.writeBytes(encoder.encode(ByteBuffer.wrap(Signals.selfIndexing(9_600))));
        file.writeBytes(encoder.end());
        return file.toByteArray();
    }
}
