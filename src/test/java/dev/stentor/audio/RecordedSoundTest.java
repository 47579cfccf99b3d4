package dev.stentor.audio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stentor.audio.RecordedSound.Container;
import dev.stentor.testing.Recordings;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordedSoundTest {

    @Test
    void aWavFileSaysWhatItHolds() throws IOException {
        assertThat(read(Recordings.wav(24_000, 1, 16, 3.5)))
                .isEqualTo(new RecordedSound(Container.WAV, 24_000, 1, 16, Duration.ofMillis(3_500)));
        assertThat(read(Recordings.wav(44_100, 2, 24, 1)))
                .isEqualTo(new RecordedSound(Container.WAV, 44_100, 2, 24, Duration.ofSeconds(1)));
    }

    @Test
    void aPromisedSizeCountsOnlyAsFarAsThereAreBytes() throws IOException {
        byte[] streamed = Recordings.wav(1, 24_000, 1, 16, 0x7FFF_FF9B, 48_000);
        assertThat(read(streamed).duration()).hasValue(Duration.ofSeconds(1));
        byte[] withTrailer = Recordings.wav(1, 24_000, 1, 16, 48_000, 96_000);
        assertThat(read(withTrailer).duration()).hasValue(Duration.ofSeconds(1));
    }

    @Test
    void floatingPointInAWavFileIsNotPcm() throws IOException {
        assertThat(read(Recordings.wav(3, 24_000, 1, 32, 96_000, 96_000)).bitsPerSample())
                .isZero();
    }

    @Test
    void anMp3FileOfConstantBitRateIsEstimated() throws IOException {
        assertThat(read(Recordings.mp3(1, 12)))
                .isEqualTo(new RecordedSound(Container.MP3, 24_000, 1, 0, Duration.ofSeconds(12)));
        assertThat(read(Recordings.mp3(2, 12)).sampleRateHz()).isEqualTo(16_000);
    }

    @Test
    void theIndexOfAnMp3FileIsExact() throws IOException {
        assertThat(read(Recordings.indexedMp3(1_000)))
                .isEqualTo(new RecordedSound(Container.MP3, 24_000, 1, 0, Duration.ofSeconds(24)));
    }

    @Test
    void anM4aFileTellsItsLengthWhereverItsDescriptionStands() throws IOException {
        assertThat(read(Recordings.m4a(1_000, 15_500)))
                .isEqualTo(new RecordedSound(Container.M4A, 0, 0, 0, Duration.ofMillis(15_500)));
    }

    @Test
    void whatIsNoSoundFileIsNone() throws IOException {
        for (String text : new String[] {"", "RIFF", "OggS and more of it, and more", "{\"json\": true, \"no\": 1}"}) {
            byte[] bytes = text.getBytes(UTF_8);
            assertThat(RecordedSound.read(new ByteArrayInputStream(bytes), bytes.length))
                    .isEmpty();
        }
    }

    @Test
    void aFileCutWithinItsHeadSaysSo() {
        byte[] head = Arrays.copyOf(Recordings.wav(24_000, 1, 16, 1), 30);
        assertThatExceptionOfType(EOFException.class).isThrownBy(() -> read(head));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noBytesAtAllMakeItFailInAnotherWay(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[][] files = {
            Recordings.wav(24_000, 1, 16, 0.01),
            Recordings.mp3(1, 0.1),
            Recordings.indexedMp3(3),
            Recordings.m4a(10, 20)
        };
        for (int n = 0; n < 4_000; n++) {
            byte[] file = files[n % files.length].clone();
            for (int damage = random.nextInt(6); damage >= 0; damage--) {
                file[random.nextInt(Math.min(file.length, 80))] = (byte) random.nextInt();
            }
            try {
                RecordedSound.read(new ByteArrayInputStream(file), file.length)
                        .flatMap(RecordedSound::duration)
                        .ifPresent(duration -> assertThat(duration).isGreaterThanOrEqualTo(Duration.ZERO));
            } catch (EOFException _) { // says that it is cut off
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static RecordedSound read(byte[] file) throws IOException {
        return RecordedSound.read(new ByteArrayInputStream(file), file.length).orElseThrow();
    }
}
