package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

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
            Files.write(samples, synthesised(gateway));
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

    private static byte[] synthesised(GatewayProcess gateway) throws Exception {
        String body = "{\"model\":\"qwen3-tts-flash\",\"input\":{\"text\":\"" + SENTENCE + "\",\"voice\":\"Ethan\"}}";
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(
                    HttpRequest.newBuilder(gateway.http("/api/v1/services/aigc/multimodal-generation/generation"))
                            .header("Authorization", "Bearer sk-anything")
                            .header("Content-Type", "application/json")
                            .header("X-DashScope-SSE", "enable")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            var sound = new ByteArrayOutputStream();
            Arrays.stream(response.body().split("\n"))
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> JsonMapper.shared()
                            .readTree(line.substring(5))
                            .at("/output/audio/data")
                            .asString(""))
                    .forEach(data -> sound.writeBytes(Base64.getDecoder().decode(data)));
            assertThat(sound.size()).isGreaterThan(24_000);
            return sound.toByteArray();
        }
    }
}
