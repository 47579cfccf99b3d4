package dev.stentor.web.dashscope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the needs of the official Python client, which parses by lines and not by the standard. */
class PythonClientRulesTest {

    @Test
    void everyDataLineIsAResultWithOutputAndARequestId() {
        String answer = answer(ScriptedEngine.speaking(Signals.selfIndexing(4_800), 960));
        List<PythonLineParser.Response> responses = PythonLineParser.responses(answer);
        assertThat(responses).hasSize(11).allSatisfy(response -> {
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body().path("request_id").stringValue()).isEqualTo(LoopbackServer.REQUEST_ID);
            assertThat(response.body().path("output").path("audio").path("data").isString())
                    .isTrue();
        });
        assertThat(responses
                        .getLast()
                        .body()
                        .path("output")
                        .path("finish_reason")
                        .stringValue())
                .isEqualTo("stop");
        assertThat(answer).doesNotContain("[DONE]").doesNotContain("event: ").endsWith("}\n\n");
    }

    @Test
    void anErrorIsRecognisedAndHasItsOwnStatus() {
        var failure =
                new SpeechFailure.FailedInStream(429, "Throttling", "Line one.\nLine two: \"é\"\r\u2028", null, 8);
        String answer = answer(ScriptedEngine.failingAfter(Signals.selfIndexing(8), 8, failure));
        List<PythonLineParser.Response> responses = PythonLineParser.responses(answer);
        PythonLineParser.Response last = responses.getLast();
        assertThat(responses).hasSize(3);
        assertThat(last.status()).isEqualTo(429);
        assertThat(last.body().path("code").stringValue()).isEqualTo("Throttling");
        assertThat(last.body().path("message").stringValue()).isEqualTo("Line one.\nLine two: \"é\"\r\u2028");
        assertThat(last.body().path("request_id").stringValue()).isEqualTo(LoopbackServer.REQUEST_ID);
        assertThat(answer)
                .contains("event:error\n:HTTP_STATUS/429\nstatus:429\ndata:")
                .endsWith("}\n\n");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whateverTheEnginesBuffersTheSamplesAreTheSame(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 100; i++) {
            byte[] sound = Signals.selfIndexing(random.nextInt(0, 3_000));
            int chunkBytes = 2 * random.nextInt(1, 2_000);
            var encoder = new FrameEncoder("r", 1, 1);
            var frames = new StringBuilder();
            for (var chunk : Signals.chunks(sound, chunkBytes)) {
                frames.append(new String(encoder.sound(chunk), UTF_8));
                assertThat(chunk.position()).isZero();
            }
            var heard = new ByteArrayOutputStream();
            for (var response : PythonLineParser.responses(frames.toString())) {
                heard.writeBytes(Base64.getDecoder()
                        .decode(response.body()
                                .path("output")
                                .path("audio")
                                .path("data")
                                .stringValue()));
            }
            assertThat(heard.toByteArray()).isEqualTo(sound);
        }
    }

    private static String answer(ScriptedEngine engine) {
        try (var server = new LoopbackServer(engine)) {
            return server.post(JsonMapper.shared()
                            .writeValueAsString(Map.of(
                                    "model",
                                    "qwen3-tts-flash",
                                    "parameters",
                                    Map.of("stream", true),
                                    "input",
                                    Map.of("text", "Today", "voice", "Cherry", "language_type", "English"))))
                    .body();
        }
    }
}
