package dev.stentor.codec.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.codec.Decoding;
import dev.stentor.codec.Voiced;
import dev.stentor.testing.Signals;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** The encoder with a real FFmpeg, where one is installed. */
class FfmpegTest {

    private static final int FRAME_SAMPLES = 1_024;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @BeforeAll
    static void thereIsOne() {
        boolean installed = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ffmpeg")));
        Assumptions.assumeTrue(installed, "No ffmpeg on the PATH: AAC by a real FFmpeg was left out.");
    }

    @Test
    void speechComesBackFromAdtsFramesOf24Kilohertz() throws Exception {
        short[] said = Voiced.samples(72_000);
        byte[] frames = encoded(Voiced.bytes(said));
        int samples = 0;
        for (int at = 0; at < frames.length; ) {
            assertThat(frames[at] & 0xFF).isEqualTo(0xFF);
            assertThat(frames[at + 1] & 0xF6).as("the layer is 0").isEqualTo(0xF0);
            assertThat(frames[at + 2] >> 2 & 0xF).as("24 kHz").isEqualTo(6);
            assertThat((frames[at + 2] & 1) << 2 | (frames[at + 3] & 0xC0) >> 6)
                    .as("channels")
                    .isEqualTo(1);
            at += (frames[at + 3] & 3) << 11 | (frames[at + 4] & 0xFF) << 3 | (frames[at + 5] & 0xE0) >> 5;
            samples += FRAME_SAMPLES;
        }
        assertThat(samples).isBetween(said.length, said.length + 3 * FRAME_SAMPLES);
        short[] heard = Decoding.samples(decoded(frames));
        assertThat(Decoding.signalToNoise(said, Arrays.copyOfRange(heard, FRAME_SAMPLES, FRAME_SAMPLES + said.length)))
                .as("behind a delay of one frame")
                .isGreaterThan(10);
    }

    private static byte[] encoded(byte[] sound) {
        var settings = new AacSettings("ffmpeg", 64_000, 1, LIMIT, LIMIT);
        var frames = new ByteArrayOutputStream();
        try (var encoder = new AacEncoder(settings, Schedulers.parallel())) {
            encoder.encode(Flux.fromIterable(Signals.chunks(sound, 960)))
                    .doOnNext(frames::writeBytes)
                    .blockLast(LIMIT);
        }
        return frames.toByteArray();
    }

    private static byte[] decoded(byte[] frames) throws IOException {
        Path file = Files.createTempFile("speech", ".aac");
        try {
            Files.write(file, frames);
            Process decoder = new ProcessBuilder(
                            "ffmpeg", "-v", "error", "-nostdin", "-i", file.toString(), "-f", "s16le", "-")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return decoder.getInputStream().readAllBytes();
        } finally {
            Files.delete(file);
        }
    }
}
