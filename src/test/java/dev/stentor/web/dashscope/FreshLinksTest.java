package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.archive.TestArchive;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of how long the address of a recording holds: its full time, from each call on. */
class FreshLinksTest {

    private static final String HELLO =
            "{\"model\":\"qwen3-tts-flash\",\"input\":{\"text\":\"Hello.\",\"voice\":\"Cherry\"}}";
    private static final Duration LIFETIME = Duration.ofSeconds(3);
    private static final Duration ALMOST = Duration.ofMillis(2_900);

    @TempDir
    Path directory;

    private final ScriptedEngine engine = ScriptedEngine.speaking(Signals.selfIndexing(2_400), 960);

    @Test
    void twoCallsGetTwoLinksEachOfWhichHoldsItsFullTime() {
        try (var archive = new TestArchive(directory, LIFETIME);
                var server = new LoopbackServer(engine, archive)) {
            JsonNode first = whole(server);
            archive.advance(Duration.ofSeconds(2));
            JsonNode second = whole(server);
            assertThat(first.path("expires_at").asLong()).isEqualTo(3);
            assertThat(second.path("expires_at").asLong()).isEqualTo(5);
            assertThat(second.path("url").asString())
                    .isNotEqualTo(first.path("url").asString());
            assertThat(engine.requests()).hasSize(1);

            archive.advance(ALMOST.minusSeconds(2));
            assertThat(status(server, first)).isEqualTo(200);
            archive.advance(Duration.ofSeconds(2));
            assertThat(status(server, first)).isEqualTo(403);
            assertThat(status(server, second)).isEqualTo(200);
            archive.advance(Duration.ofMillis(100));
            assertThat(status(server, second)).isEqualTo(403);
        }
    }

    @Test
    void theLinkOfAStreamHoldsAsLongAsThatOfAWholeAnswer() {
        try (var archive = new TestArchive(directory, LIFETIME);
                var server = new LoopbackServer(engine, archive)) {
            JsonNode first = streamed(server);
            archive.advance(ALMOST);
            JsonNode second = streamed(server);
            assertThat(first.path("expires_at").asLong()).isEqualTo(3);
            assertThat(second.path("expires_at").asLong()).isEqualTo(6);
            archive.advance(ALMOST);
            assertThat(status(server, second)).isEqualTo(200);
        }
    }

    private static JsonNode streamed(LoopbackServer server) {
        return PythonLineParser.responses(server.post(HELLO).body())
                .getLast()
                .body()
                .at("/output/audio");
    }

    private static JsonNode whole(LoopbackServer server) {
        HttpResponse<String> answer = server.send(HttpRequest.newBuilder(
                        server.request(HELLO).build(), (name, _) -> !name.equalsIgnoreCase("X-DashScope-SSE"))
                .build());
        return JsonMapper.shared().readTree(answer.body()).at("/output/audio");
    }

    private static int status(LoopbackServer server, JsonNode link) {
        return server.send(HttpRequest.newBuilder(URI.create(link.path("url").asString()))
                        .build())
                .statusCode();
    }
}
