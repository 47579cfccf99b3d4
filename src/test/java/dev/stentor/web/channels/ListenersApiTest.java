package dev.stentor.web.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ListenersApiTest {

    private static final String LOBBY = "/v1/channels/lobby";
    private static final JsonMapper JSON = new JsonMapper();

    private final TestGateway gateway =
            new TestGateway(ScriptedEngine.speaking(Signals.selfIndexing(100 * 24_000), 9_600));

    @AfterEach
    void end() {
        gateway.close();
    }

    @Test
    void theListCanBeCutToThoseFurthestBehind() throws Exception {
        try (TestListener one = TestListener.join(gateway.webSocket(LOBBY + "/listen"));
                TestListener two = TestListener.join(gateway.webSocket(LOBBY + "/listen"));
                TestListener three = TestListener.join(gateway.webSocket(LOBBY + "/listen"))) {
            var _ = send("POST", LOBBY + "/utterances", "{\"text\":\"0123456789\"}");
            one.await(message -> message.json() == null);
            two.say("{\"t\":\"report\",\"pos\":0,\"gen\":1,\"state\":\"playing\"}");
            String late = conn(two);
            Awaitility.await()
                    .until(() -> list("?sort=lag&limit=1")
                            .path(0)
                            .path("conn")
                            .asString()
                            .equals(late));
            assertThat(list("")).hasSize(3);
            assertThat(list("?limit=2")).hasSize(2);
            List<Long> lags = new ArrayList<>();
            list("?sort=lag")
                    .forEach(listener -> lags.add(listener.path("lag_ms").asLong()));
            assertThat(lags).isSortedAccordingTo((a, b) -> Long.compare(b, a));
            assertThat(conn(three)).isNotEqualTo(late);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"limit=0, limit", "limit=1001, limit", "limit=many, limit", "sort=name, sort"})
    void anotherOrderOrLengthIsRefusedByName(String query, String field) throws Exception {
        try (TestListener _ = TestListener.join(gateway.webSocket(LOBBY + "/listen"))) {
            HttpResponse<String> answer = send("GET", LOBBY + "/listeners?" + query, "");
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(JSON.readTree(answer.body()).path("field").asString()).isEqualTo(field);
        }
    }

    @Test
    void aListenerThatIsSentAwayIsToldToStayAwayAndTheOthersStay() throws Exception {
        try (TestListener one = TestListener.join(gateway.webSocket(LOBBY + "/listen"));
                TestListener other = TestListener.join(gateway.webSocket(LOBBY + "/listen"))) {
            assertThat(send("DELETE", LOBBY + "/listeners/" + conn(one), "").statusCode())
                    .isEqualTo(204);
            JsonNode bye = one.await("bye");
            assertThat(bye.path("reason").asString()).isEqualTo("removed");
            assertThat(bye.path("resume").asBoolean()).isFalse();
            assertThat(one.closeCode()).isEqualTo(4410);
            Awaitility.await().until(() -> list("").size() == 1);
            assertThat(list("").path(0).path("conn").asString()).isEqualTo(conn(other));
            assertThat(send("DELETE", LOBBY + "/listeners/" + conn(one), "").statusCode())
                    .isEqualTo(404);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"audio.wav", "audio.ogg", "audio.mp3"})
    void aClientWithoutTheProtocolIsSentAwayToo(String format) throws Exception {
        var sound = TestListener.HTTP.sendAsync(
                HttpRequest.newBuilder(gateway.http(LOBBY + "/" + format)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        Awaitility.await().until(() -> status(LOBBY) == 200 && list("").size() == 1);
        String name = list("").path(0).path("conn").asString();
        assertThat(send("DELETE", LOBBY + "/listeners/" + name, "").statusCode())
                .isEqualTo(204);
        assertThat(sound.orTimeout(30, TimeUnit.SECONDS).get().statusCode()).isEqualTo(200);
        Awaitility.await().until(() -> list("").isEmpty());
    }

    @Test
    void aBareWebSocketIsSentAwayWithTheSameCode() throws Exception {
        try (TestListener bare = TestListener.bare(gateway.webSocket(LOBBY + "/listen"))) {
            Awaitility.await().until(() -> status(LOBBY) == 200 && list("").size() == 1);
            String name = list("").path(0).path("conn").asString();
            assertThat(send("DELETE", LOBBY + "/listeners/" + name, "").statusCode())
                    .isEqualTo(204);
            assertThat(bare.closeCode()).isEqualTo(4410);
        }
    }

    @Test
    void nobodyCanBeSentAwayFromAChannelThatIsNotThere() throws Exception {
        assertThat(send("DELETE", "/v1/channels/nowhere/listeners/c1", "").statusCode())
                .isEqualTo(404);
    }

    /** Returns the id of a connection, which its welcome told. */
    private static String conn(TestListener listener) {
        return listener.seen().stream()
                .filter(message -> message.is("welcome"))
                .map(message ->
                        Objects.requireNonNull(message.json()).path("conn").asString())
                .findFirst()
                .orElseThrow();
    }

    private JsonNode list(String query) throws Exception {
        return JSON.readTree(send("GET", LOBBY + "/listeners" + query, "").body());
    }

    private int status(String path) throws Exception {
        return send("GET", path, "").statusCode();
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(gateway.http(path))
                .timeout(Duration.ofSeconds(30))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        return TestListener.HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
