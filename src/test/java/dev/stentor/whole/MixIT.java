package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Test of the finished jar: it speaks over a bed, beside a stream that is late at random, into a real browser whose every sample
 * is kept. Takes 20 s; {@code -Dstentor.mix.seconds=600} makes it ten minutes.
 */
class MixIT {

    private static final String TEXT =
            "Hear the herald, who has a great deal to say this evening, and who says it slowly.";

    @Test
    void speechOverABedComesWithoutAHoleADriftOrAClickAndTheBedMakesWay() throws Exception {
        int seconds = Integer.getInteger("stentor.mix.seconds", 20);
        Path out =
                Files.createDirectories(Path.of("target", "whole-way", "mix")).toAbsolutePath();
        int latePort = freePort();
        try (GatewayProcess gateway = GatewayProcess.start(
                Map.of(),
                "--gateway.engine=local",
                "--gateway.channels.lead=1s",
                "--gateway.sources.uploads=" + Files.createTempDirectory(out, "sounds-"),
                "--gateway.sources.allow=http://127.0.0.1:" + latePort + "/",
                "--gateway.sources.private-hosts=127.0.0.1")) {
            Path log = out.resolve("script.log");
            var process = new ProcessBuilder(
                            "node",
                            "test/browser/mix-script.mjs",
                            "GATEWAY_URL=" + gateway.http(""),
                            "OUT=" + out,
                            "LATE_PORT=" + latePort,
                            "TEXT=" + TEXT,
                            "LARGEST_STEP=" + largestStep(synthesised(gateway)),
                            "SECONDS=" + seconds)
                    .directory(Path.of("web-demo").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = process.waitFor(seconds + 180L, TimeUnit.SECONDS);
            process.destroyForcibly();
            String said = Files.readString(log);
            assertThat(ended).as(said).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
            JsonNode result = new JsonMapper().readTree(Files.readString(out.resolve("result.json")));
            assertThat(result.path("utterances").asInt()).isGreaterThanOrEqualTo(3);
            assertThat(result.path("duckedDb").asDouble()).isBetween(-13.0, -11.0);
            assertThat(gateway.log())
                    .noneMatch(line -> line.contains("LEAK"))
                    .noneMatch(line -> line.contains(" ERROR "));
        }
    }

    /** Returns the largest step from one sample to the next, as a part of full scale. */
    private static double largestStep(ByteBuffer pcm) {
        int largest = 0;
        for (int at = 2; at + 1 < pcm.limit(); at += 2) {
            largest = Math.max(largest, Math.abs(pcm.getShort(at) - pcm.getShort(at - 2)));
        }
        assertThat(largest).isPositive();
        return largest / 32_768.0;
    }

    private static ByteBuffer synthesised(GatewayProcess gateway) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var response = client.send(
                    HttpRequest.newBuilder(gateway.http("/v1/audio/speech"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"model\": \"tts-1\", \"voice\": \"Ethan\", "
                                    + "\"response_format\": \"pcm\", \"input\": \"" + TEXT + "\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            return ByteBuffer.wrap(response.body()).order(ByteOrder.LITTLE_ENDIAN);
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
