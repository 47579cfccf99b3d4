package dev.stentor.whole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.TraceReceiver;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log of the jar, as a collector of logs reads it. */
class StructuredLogIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String MARKER = "xylophonic-zeppelin";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @CsvSource({"ecs, /trace/id", "logstash, /trace.id"})
    void everyLineIsJsonAndNamesTheTraceButNoTextAndNoKey(String format, String trace) throws Exception {
        try (var receiver = new TraceReceiver();
                var cloud = ScriptedServer.answering(
                        "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                var gateway = GatewayProcess.start(
                        Map.of("DASHSCOPE_API_KEY", "sk-" + MARKER),
                        "--logging.structured.format.console=" + format,
                        "--gateway.warm-up=true", // whose log counts, too
                        "--gateway.tracing.endpoint=" + receiver.endpoint(),
                        "--gateway.dashscope.base-url=" + cloud.baseUrl())) {
            speak(gateway);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> failed(gateway).isPresent());
            assertThat(failed(gateway).orElseThrow().at(trace).asString()).isEqualTo(TRACE);
            assertThat(gateway.log())
                    .isNotEmpty()
                    .allSatisfy(
                            line -> assertThat(JSON.readTree(line).isObject()).isTrue())
                    .noneMatch(line -> line.contains(MARKER));
        }
    }

    private static Optional<JsonNode> failed(GatewayProcess gateway) {
        return gateway.log().stream()
                .filter(line -> line.contains("an utterance failed"))
                .map(JSON::readTree)
                .findFirst();
    }

    private static void speak(GatewayProcess gateway) throws Exception {
        var answer = HTTP.send(
                HttpRequest.newBuilder(gateway.http("/v1/channels/lobby/utterances"))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + MARKER)
                        .header("traceparent", "00-" + TRACE + "-b7ad6b7169203331-01")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"" + MARKER + "\"}"))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        assertThat(answer.statusCode()).isEqualTo(201);
    }
}
