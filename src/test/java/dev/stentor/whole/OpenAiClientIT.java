package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Test of the finished jar with the official OpenAI client and the Vercel AI SDK, unmodified; the DashScope address tells what the engine
 * really made.
 */
class OpenAiClientIT {

    private static final String SENTENCE = "Hear the herald. One voice, and every client hears the same.";

    @Test
    void theOfficialClientHearsWhatTheEngineMadeToTheLastSample() throws Exception {
        Path out = Files.createDirectories(Path.of("target", "whole-way"));
        Path samples = out.resolve("openai-expected.pcm").toAbsolutePath();
        Path log = out.resolve("openai-client.log");
        GatewayProcess gateway = GatewayProcess.start(
                Map.of(), "--gateway.engine=local", "--gateway.encoder.ffmpeg=" + (hasFfmpeg() ? "ffmpeg" : ""));
        try (gateway) {
            Files.write(samples, SynthesisCall.sound(gateway, SENTENCE, "Ethan"));
            Process process = new ProcessBuilder(
                            "node",
                            "test/whole/openai-client.mjs",
                            "GATEWAY_URL=" + gateway.http(""),
                            "SAMPLES=" + samples,
                            "TEXT=" + SENTENCE,
                            "VOICE=Ethan",
                            "AAC=" + (hasFfmpeg() ? "by FFmpeg" : ""))
                    .directory(Path.of("web-demo").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = process.waitFor(120, TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = Files.readString(log);
            assertThat(ended).as(said).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
        }
        assertThat(gateway.log())
                .noneMatch(line -> line.contains("LEAK"))
                .noneMatch(line -> line.contains("sk-anything"))
                .noneMatch(line -> line.contains("herald"))
                .noneMatch(line -> line.contains(" ERROR "));
    }

    private static boolean hasFfmpeg() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ffmpeg")));
    }
}
