package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import tools.jackson.databind.json.JsonMapper;

/** A call of the DashScope API without its client: the sound with which that of other ways is compared. */
final class SynthesisCall {

    private static final int LEAST_BYTES = 24_000;

    private SynthesisCall() {}

    /** Returns the sound of a text, as its events bring it: mono, 16 bits, little-endian, 24 kHz. */
    static byte[] sound(GatewayProcess gateway, String text, String voice) throws IOException, InterruptedException {
        var json = JsonMapper.shared();
        var body = json.createObjectNode().put("model", "qwen3-tts-flash");
        body.putObject("input").put("text", text).put("voice", voice);
        URI address = gateway.http("/api/v1/services/aigc/multimodal-generation/generation");
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(
                    HttpRequest.newBuilder(address)
                            .header("Authorization", "Bearer sk-anything")
                            .header("Content-Type", "application/json")
                            .header("X-DashScope-SSE", "enable")
                            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            var sound = new ByteArrayOutputStream();
            response.body()
                    .lines()
                    .filter(line -> line.startsWith("data:"))
                    .map(line -> json.readTree(line.substring(5))
                            .at("/output/audio/data")
                            .asString(""))
                    .forEach(data -> sound.writeBytes(Base64.getDecoder().decode(data)));
            assertThat(sound.size()).isGreaterThan(LEAST_BYTES);
            return sound.toByteArray();
        }
    }
}
