package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.archive.TestArchive;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests of the API with an archive: whole answers, and the address at the end of a stream. */
class WholeAnswerTest {

    private static final String HELLO =
            "{\"model\":\"qwen3-tts-flash\",\"input\":{\"text\":\"Hello 世界\",\"voice\":\"Cherry\"}}";
    private static final byte[] SOUND = Signals.selfIndexing(24_000);

    @TempDir
    Path directory;

    private TestArchive archive;
    private final ScriptedEngine engine = ScriptedEngine.speaking(SOUND, 4_800);

    @BeforeEach
    void open() {
        archive = new TestArchive(directory);
    }

    @AfterEach
    void close() {
        archive.close();
    }

    @Test
    void theAnswerIsByteForByteThatOfTheService() {
        try (var server = new LoopbackServer(engine, archive)) {
            HttpResponse<String> answer = server.send(whole(server, HELLO).build());
            String url = audio(answer).path("url").stringValue();
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().allValues("content-type")).containsExactly("application/json");
            assertThat(answer.headers().allValues("x-request-id")).containsExactly("request-1");
            assertThat(answer.body())
                    .isEqualTo("{\"output\":{\"audio\":{\"data\":\"\",\"expires_at\":86400,\"id\":\"audio_request-1\","
                            + "\"url\":\"" + url + "\"},\"finish_reason\":\"stop\"},\"usage\":{\"characters\":10},"
                            + "\"request_id\":\"request-1\"}");
            assertThat(url)
                    .startsWith("http://127.0.0.1:" + server.port() + "/v1/audio/a")
                    .contains(".wav?Expires=86400&Signature=");
            assertThat(server.fetch(url)).hasSize(44 + SOUND.length).endsWith(SOUND);
        }
    }

    @Test
    void thePythonClientReadsItAsOneDocument() {
        try (var server = new LoopbackServer(engine, archive)) {
            String answer = server.send(whole(server, HELLO).build()).body();
            JsonNode document = JsonMapper.shared().readTree(answer);
            assertThat(document.path("output").isObject()).isTrue();
            assertThat(document.path("request_id").isString()).isTrue();
            assertThat(document.has("code")).isFalse();
            assertThat(document.at("/output/audio").propertyNames()).containsExactly("data", "expires_at", "id", "url");
        }
    }

    @Test
    void aStreamEndsWithTheAddressOfWhatIsPublishedByThen() {
        try (var server = new LoopbackServer(engine, archive)) {
            var responses = PythonLineParser.responses(server.post(HELLO).body());
            assertThat(responses.subList(0, 10))
                    .allSatisfy(response -> assertThat(
                                    response.body().at("/output/audio/url").stringValue())
                            .isEmpty());
            JsonNode last = responses.getLast().body().at("/output/audio");
            assertThat(last.path("expires_at").longValue()).isEqualTo(86_400);
            assertThat(server.fetch(last.path("url").stringValue())).endsWith(SOUND);
        }
    }

    @Test
    void aFailureIsAStatusHoweverMuchWasSpoken() {
        var failure = new SpeechFailure.FailedInStream(429, "Throttling.RateQuota", "Too fast.", null, 24_000);
        try (var server = new LoopbackServer(ScriptedEngine.failingAfter(SOUND, 4_800, failure), archive)) {
            HttpResponse<String> answer = server.send(whole(server, HELLO).build());
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.body())
                    .isEqualTo("{\"code\":\"Throttling.RateQuota\",\"message\":\"Too fast.\","
                            + "\"request_id\":\"request-1\"}");
        }
        assertThat(archive.archive().files()).isZero();
    }

    @Test
    void whatCouldNotBeRecordedIsAnErrorHereAndNoneInAStream() {
        archive.close();
        try (var server = new LoopbackServer(engine, archive)) {
            HttpResponse<String> answer = server.send(whole(server, HELLO).build());
            assertThat(answer.statusCode()).isEqualTo(500);
            assertThat(answer.body()).contains("InternalError", "the recording of it failed");
            String stream = server.post(HELLO).body();
            assertThat(stream).contains("\"finish_reason\":\"stop\"").doesNotContain("/v1/audio/");
        }
    }

    @Test
    void equalRequestsAreSpokenOnceUnlessOneWantsItAnew() {
        try (var server = new LoopbackServer(engine, archive)) {
            String first = url(server.send(whole(server, HELLO).build()));
            assertThat(url(server.send(whole(server, HELLO).build()))).isEqualTo(first);
            var anew = whole(server, HELLO).header("Cache-Control", "max-age=0, no-cache");
            assertThat(url(server.send(anew.build()))).isNotEqualTo(first);
            assertThat(engine.requests()).extracting(SpeechRequest::fresh).containsExactly(false, true);
            var asTheJavaClientStreams =
                    server.request(HELLO).header("Cache-Control", "no-cache").header("X-Accel-Buffering", "no");
            assertThat(server.send(asTheJavaClientStreams.build()).body()).contains("\"url\":\"" + first);
            assertThat(engine.requests()).hasSize(2);
        }
    }

    @Test
    void aClientThatGoesAwayCancelsTheCall() throws Exception {
        var endless = ScriptedEngine.of(_ -> Flux.never());
        try (var server = new LoopbackServer(endless, archive)) {
            try (var client = RawClient.forTheWhole(server.port(), HELLO)) {
                Awaitility.await().until(() -> endless.requests().size() == 1);
                assertThat(client).isNotNull();
            }
            Awaitility.await().until(() -> endless.cancellations() == 1);
        }
    }

    private static HttpRequest.Builder whole(LoopbackServer server, String body) {
        return HttpRequest.newBuilder(
                server.request(body).build(), (name, _) -> !name.equalsIgnoreCase("X-DashScope-SSE"));
    }

    private static String url(HttpResponse<String> answer) {
        return URI.create(audio(answer).path("url").stringValue()).toString();
    }

    private static JsonNode audio(HttpResponse<String> answer) {
        return JsonMapper.shared().readTree(answer.body()).at("/output/audio");
    }
}
