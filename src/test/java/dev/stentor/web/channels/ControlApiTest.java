package dev.stentor.web.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ControlApiTest {

    private static final String LOBBY = "/v1/channels/lobby";
    private static final String UTTERANCES = LOBBY + "/utterances";
    private static final JsonMapper JSON = new JsonMapper();

    private final ScriptedEngine engine = ScriptedEngine.speaking(Signals.selfIndexing(100 * 24_000), 9_600);
    private final TestGateway gateway = new TestGateway(engine);

    @AfterEach
    void end() {
        gateway.close();
    }

    @Test
    void aClearSilencesTheListenersAndCancelsTheUpstream() throws Exception {
        try (TestListener listener = TestListener.join(gateway.webSocket(LOBBY + "/listen"))) {
            post(UTTERANCES, "{\"text\":\"A long story.\"}");
            listener.await(message -> message.json() == null);
            HttpResponse<String> answer = post(LOBBY + "/clear", "{\"drain_ms\":40,\"reason\":\"barge-in\"}");
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode cleared = JSON.readTree(answer.body());
            JsonNode told = listener.await("clear");
            assertThat(told.path("gen").asInt())
                    .isEqualTo(2)
                    .isEqualTo(cleared.path("gen").asInt());
            assertThat(told.path("pos").asLong()).isEqualTo(cleared.path("pos").asLong());
            assertThat(told.path("drain_ms").asInt()).isEqualTo(40);
            assertThat(told.path("reason").asString()).isEqualTo("barge-in");
            assertThat(listener.await("utterance.ended").path("reason").asString())
                    .isEqualTo("cleared");
            JsonNode utterance = cleared.path("utterances").get(0);
            assertThat(utterance.path("state").asString()).isEqualTo("cleared");
            assertThat(utterance.path("heard").path("samples").asLong())
                    .isLessThanOrEqualTo(utterance.path("samples").asLong());
            Awaitility.await().until(() -> engine.cancellations() == 1);
        }
    }

    @Test
    void playersAreToldHowLoudToPlay() throws Exception {
        try (TestListener listener = TestListener.join(gateway.webSocket(LOBBY + "/listen"))) {
            HttpResponse<String> all = post(LOBBY + "/control", "{\"volume\":0.5}");
            assertThat(all.statusCode()).isEqualTo(200);
            assertThat(all.body()).isEqualTo("{\"volume\":0.5}");
            JsonNode told = listener.await("control");
            assertThat(told.path("volume").asDouble()).isEqualTo(0.5);
            assertThat(told.has("seq")).isTrue();
            assertThat(post(LOBBY + "/control", "{\"mute\":true}").body()).isEqualTo("{\"volume\":0.5,\"muted\":true}");
            assertThat(listener.await("control").path("muted").asBoolean()).isTrue();
            assertThat(get(LOBBY).body()).contains("\"volume\":0.5,\"muted\":true");
            String conn = listener.seen().getFirst().json() == null
                    ? ""
                    : listener.seen().getFirst().json().path("conn").asString();
            HttpResponse<String> alone = post(LOBBY + "/control", "{\"mute\":false,\"listener\":\"" + conn + "\"}");
            assertThat(alone.body()).isEqualTo("{\"muted\":false}");
            assertThat(listener.await("control").has("seq")).isFalse();
        }
    }

    @Test
    void aListenerThatIsNotThereCannotBeControlled() throws Exception {
        try (TestListener listener = TestListener.join(gateway.webSocket(LOBBY + "/listen"))) {
            HttpResponse<String> answer = post(LOBBY + "/control", "{\"mute\":true,\"listener\":\"nobody\"}");
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(JSON.readTree(answer.body()).path("field").asString()).isEqualTo("listener");
            assertThat(listener.seen()).noneMatch(message -> message.is("control"));
        }
        assertThat(post("/v1/channels/nowhere/control", "{\"mute\":true}").statusCode())
                .isEqualTo(404);
    }

    @Test
    void withAWaitTheAnswerHasWhatThePlayersSay() throws Exception {
        try (TestListener listener = TestListener.join(gateway.webSocket(LOBBY + "/listen"))) {
            post(UTTERANCES, "{\"text\":\"0123456789\"}");
            listener.await(message -> message.json() == null);
            listener.say("{\"t\":\"report\",\"pos\":0,\"gen\":1,\"state\":\"playing\"}");
            var answer = TestListener.HTTP.sendAsync(
                    request(LOBBY + "/clear?wait_ms=500")
                            .POST(BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            listener.await("clear");
            listener.say("{\"t\":\"report\",\"pos\":480,\"gen\":2,\"state\":\"idle\",\"cut\":{\"gen\":1,\"pos\":480}}");
            JsonNode cleared = JSON.readTree(answer.get().body());
            JsonNode heard = cleared.path("utterances").get(0).path("listeners").get(0);
            assertThat(heard.path("samples").asLong()).isEqualTo(480);
            assertThat(heard.path("ms").asLong()).isEqualTo(20);
            assertThat(heard.path("reported").asBoolean()).isTrue();
        }
    }

    @Test
    void aPlayerWhoseOutputDoesNotRunHasHeardNothing() throws Exception {
        try (TestListener listener = TestListener.join(gateway.webSocket(LOBBY + "/listen"))) {
            post(UTTERANCES, "{\"text\":\"0123456789\"}");
            listener.await(message -> message.json() == null);
            listener.say("{\"t\":\"report\",\"pos\":480,\"gen\":1,\"state\":\"locked\"}");
            Awaitility.await().until(() -> get(LOBBY + "/listeners").body().contains("locked"));
            JsonNode cleared = JSON.readTree(post(LOBBY + "/clear", "{}").body());
            JsonNode heard = cleared.path("utterances").get(0).path("listeners").get(0);
            assertThat(heard.path("samples").asLong()).isZero();
        }
    }

    @Test
    void aPausedChannelStandsStillUntilItIsResumed() throws Exception {
        try (TestListener listener = TestListener.join(gateway.webSocket(LOBBY + "/listen"))) {
            post(UTTERANCES, "{\"text\":\"A long story.\"}");
            listener.await(message -> message.json() == null);
            assertThat(JSON.readTree(post(LOBBY + "/pause", "").body())
                            .path("phase")
                            .asString())
                    .isEqualTo("paused");
            long pos = listener.await("pause").path("pos").asLong();
            assertThat(JSON.readTree(post(LOBBY + "/resume", "").body())
                            .path("phase")
                            .asString())
                    .isEqualTo("playing");
            assertThat(listener.await("resume").path("pos").asLong()).isEqualTo(pos);
            listener.await(message -> message.json() == null);
        }
    }

    @Test
    void oneUtteranceIsTakenBackByItsName() throws Exception {
        post(UTTERANCES, "{\"text\":\"one\"}");
        String second = JSON.readTree(post(UTTERANCES, "{\"text\":\"two\"}").body())
                .path("id")
                .asString();
        HttpResponse<String> answer = TestListener.HTTP.send(
                request(UTTERANCES + "/" + second).DELETE().build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(JSON.readTree(answer.body()).path("state").asString()).isEqualTo("cleared");
        assertThat(TestListener.HTTP
                        .send(request(UTTERANCES + "/nobody").DELETE().build(), HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void theSameIdempotencyKeyIsOneUtterance() throws Exception {
        var post = request(UTTERANCES)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "order-7")
                .POST(BodyPublishers.ofString("{\"text\":\"one\"}"))
                .build();
        var first = TestListener.HTTP.send(post, HttpResponse.BodyHandlers.ofString());
        var again = TestListener.HTTP.send(post, HttpResponse.BodyHandlers.ofString());
        assertThat(again.headers().firstValue("location"))
                .isEqualTo(first.headers().firstValue("location"));
        assertThat(JSON.readTree(get(LOBBY).body()).path("utterances").asInt()).isEqualTo(1);
    }

    @Test
    void anIdempotencyKeyWithAnotherTextIsAConflict() throws Exception {
        var post =
                request(UTTERANCES).header("Content-Type", "application/json").header("Idempotency-Key", "order-8");
        var first = TestListener.HTTP.send(
                post.POST(BodyPublishers.ofString("{\"text\":\"one\"}")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(first.statusCode()).isEqualTo(201);
        var other = TestListener.HTTP.send(
                post.POST(BodyPublishers.ofString("{\"text\":\"two\"}")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(JSON.readTree(other.body()).path("code").asString()).isEqualTo("IdempotencyKeyReused");
        assertThat(JSON.readTree(get(LOBBY).body()).path("utterances").asInt()).isEqualTo(1);
    }

    @Test
    void anInterruptionTakesThePlaceOfAllOthers() throws Exception {
        post(UTTERANCES, "{\"text\":\"one\"}");
        post(UTTERANCES, "{\"text\":\"two\"}");
        post(UTTERANCES, "{\"text\":\"now\",\"mode\":\"interrupt\"}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> JSON.readTree(get(LOBBY).body()).path("utterances").asInt() == 1);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            /clear             | {"scope":"some"}               | scope
            /clear             | {"drain_ms":-1}                | drain_ms
            /clear             | {"fade_ms":10001}              | fade_ms
            /clear             | {"fast":true}                  | fast
            /clear?wait_ms=501 | {}                             | wait_ms
            /clear?wait_ms=x   | {}                             | wait_ms
            /control           | {}                             | volume
            /control           | {"volume":1.5}                 | volume
            /control           | {"volume":-0.1}                | volume
            /control           | {"volume":"1"}                 | volume
            /control           | {"mute":1}                     | mute
            /control           | {"mute":true,"listener":""}    | listener
            /utterances        | {"text":"a","mode":"later"}    | mode
            /utterances        | {"text":"a","expires_ms":0}    | expires_ms
            """)
    void aWrongValueIsAnsweredWithItsField(String path, String body, String field) throws Exception {
        post(UTTERANCES, "{\"text\":\"one\"}");
        HttpResponse<String> answer = post(LOBBY + path, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("field").asString()).isEqualTo(field);
    }

    @Test
    void aChannelThatIsNotThereCannotBeControlled() throws Exception {
        for (String control : new String[] {"/clear", "/pause", "/resume"}) {
            assertThat(post("/v1/channels/nowhere" + control, "").statusCode()).isEqualTo(404);
        }
    }

    @com.google.errorprone.annotations.CanIgnoreReturnValue
    private HttpResponse<String> post(String path, String body) throws Exception {
        return TestListener.HTTP.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return TestListener.HTTP.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(gateway.http(path));
    }
}
