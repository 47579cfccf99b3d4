package dev.stentor.web.channels;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SettingsApiTest {

    private static final String LOBBY = "/v1/channels/lobby";
    private static final JsonMapper JSON = new JsonMapper();

    private final TestGateway gateway = new TestGateway(ScriptedEngine.speaking(Signals.selfIndexing(4_800), 960));

    @AfterEach
    void end() {
        gateway.close();
    }

    @Test
    void aChannelIsMadeWithSettingsOfItsOwnAndShowsThem() throws Exception {
        HttpResponse<String> made = send(
                "PUT",
                LOBBY,
                "{\"preset\":\"narration\",\"lag_policy\":\"close\","
                        + "\"lag_ms\":2000,\"ring_ms\":10000,\"opus_bitrate\":24000,\"group_delay_ms\":400}");
        assertThat(made.statusCode()).isEqualTo(201);
        JsonNode shown = JSON.readTree(send("GET", LOBBY, "").body());
        assertThat(shown).isEqualTo(JSON.readTree(made.body()));
        assertThat(shown.path("preset").asString()).isEqualTo("narration");
        assertThat(shown.path("lead_ms").asLong()).isEqualTo(1_000);
        assertThat(shown.path("lag_policy").asString()).isEqualTo("close");
        assertThat(shown.path("lag_ms").asLong()).isEqualTo(2_000);
        assertThat(shown.path("ring_ms").asLong()).isEqualTo(10_000);
        assertThat(shown.path("opus_bitrate").asInt()).isEqualTo(24_000);
        assertThat(shown.path("group_delay_ms").asLong()).isEqualTo(400);
        assertThat(shown.path("pinned").asBoolean()).isTrue();
    }

    @Test
    void whatIsNotGivenIsTheGatewaysOwn() throws Exception {
        var _ = send("PUT", LOBBY, "{\"preset\":\"narration\",\"ring_ms\":10000}");
        HttpResponse<String> changed = send("PUT", LOBBY, "");
        assertThat(changed.statusCode()).isEqualTo(200);
        JsonNode shown = JSON.readTree(changed.body());
        assertThat(shown.path("preset").asString()).isEqualTo("conversation");
        assertThat(shown.path("lead_ms").asLong()).isEqualTo(100);
        assertThat(shown.path("lag_policy").asString()).isEqualTo("skip");
        assertThat(shown.path("ring_ms").asLong()).isEqualTo(20_000);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            {"preset":"radio"}                  | preset
            {"lead_ms":19}                      | lead_ms
            {"lead_ms":10001}                   | lead_ms
            {"lead_ms":"long"}                  | lead_ms
            {"lag_policy":"wait"}               | lag_policy
            {"lag_ms":0}                        | lag_ms
            {"lag_ms":6000,"ring_ms":5000}      | lag_ms
            {"ring_ms":2000}                    | ring_ms
            {"ring_ms":120001}                  | ring_ms
            {"opus_bitrate":5999}               | opus_bitrate
            {"opus_bitrate":128001}             | opus_bitrate
            {"group_delay_ms":-1}               | group_delay_ms
            {"group_delay_ms":2001}             | group_delay_ms
            {"volume":1}                        | volume
            """)
    void aWrongFieldIsNamedAndMakesNoChannel(String body, String field) throws Exception {
        HttpResponse<String> answer = send("PUT", LOBBY, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("field").asString()).isEqualTo(field);
        assertThat(send("GET", LOBBY, "").statusCode()).isEqualTo(404);
    }

    @Test
    void aRemovedChannelIsGoneForThoseWhoListenAndForAllOthers() throws Exception {
        var _ = send("PUT", LOBBY, "{}");
        try (TestListener listener = TestListener.join(gateway.webSocket(LOBBY + "/listen"))) {
            assertThat(send("DELETE", LOBBY, "").statusCode()).isEqualTo(204);
            assertThat(listener.closeCode()).isEqualTo(4404);
        }
        assertThat(send("GET", LOBBY, "").statusCode()).isEqualTo(404);
        assertThat(send("DELETE", LOBBY, "").statusCode()).isEqualTo(404);
        assertThat(send("POST", LOBBY + "/utterances", "{\"text\":\"Again.\"}").statusCode())
                .as("whoever uses it opens it anew")
                .isEqualTo(201);
        assertThat(JSON.readTree(send("GET", LOBBY, "").body()).path("pinned").asBoolean())
                .isFalse();
    }

    @Test
    void whoDoesNotWantToMakeAChannelIsToldThatThereIsNone() throws Exception {
        String utterance = "{\"text\":\"Hello.\"}";
        assertThat(send("POST", LOBBY + "/utterances?create=never", utterance).statusCode())
                .isEqualTo(404);
        assertThat(send("GET", LOBBY + "/audio.wav?create=never", "").statusCode())
                .isEqualTo(404);
        assertThat(send("GET", LOBBY + "/events?create=never", "").statusCode()).isEqualTo(404);
        assertThat(send("POST", LOBBY + "/utterances?create=maybe", utterance).statusCode())
                .isEqualTo(400);
        try (TestListener listener = TestListener.connect(gateway.webSocket(LOBBY + "/listen?create=never"))) {
            assertThat(listener.closeCode()).isEqualTo(4404);
        }
        try (TestListener bare = TestListener.bare(gateway.webSocket(LOBBY + "/listen?create=never"))) {
            assertThat(bare.closeCode()).isEqualTo(4404);
        }
        assertThat(send("GET", LOBBY, "").statusCode()).isEqualTo(404);
        var _ = send("PUT", LOBBY, "");
        assertThat(send("POST", LOBBY + "/utterances?create=never", utterance).statusCode())
                .isEqualTo(201);
    }

    @Test
    void marksAreTakenAndToldToThoseWhoListen() throws Exception {
        try (TestListener listener = TestListener.join(gateway.webSocket(LOBBY + "/listen"))) {
            assertThat(send(
                                    "POST",
                                    LOBBY + "/utterances",
                                    "{\"text\":\"Hello.\",\"marks\":[{\"id\":\"end\",\"at\":6}]}")
                            .statusCode())
                    .isEqualTo(201);
            JsonNode mark = listener.await("mark");
            assertThat(mark.path("mark").asString()).isEqualTo("end");
            assertThat(mark.path("pos").asLong()).isEqualTo(4_800);
            assertThat(mark.path("estimated").asBoolean()).isFalse();
        }
        for (String marks : new String[] {
            "[{\"id\":\"a\"}]",
            "[{\"at\":0}]",
            "[{\"id\":\"a\",\"at\":7}]",
            "[null]",
            "[{\"id\":\"a\",\"at\":0},{\"id\":\"a\",\"at\":1}]"
        }) {
            HttpResponse<String> answer =
                    send("POST", LOBBY + "/utterances", "{\"text\":\"Hello.\",\"marks\":" + marks + "}");
            assertThat(answer.statusCode()).as(marks).isEqualTo(400);
            assertThat(JSON.readTree(answer.body()).path("field").asString()).isEqualTo("marks");
        }
    }

    @Test
    void backEndsFollowAChannelAsServerSentEvents() throws Exception {
        var _ = send("PUT", LOBBY, "");
        HttpResponse<Stream<String>> events = TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http(LOBBY + "/events")).build(), BodyHandlers.ofLines());
        assertThat(events.headers().firstValue("content-type")).hasValue("text/event-stream");
        var _ = send("POST", LOBBY + "/utterances", "{\"text\":\"Hello.\"}");
        Awaitility.await().until(() -> send("GET", LOBBY, "").body().contains("idle"));
        var _ = send("DELETE", LOBBY, "");
        assertThat(events.body().toList())
                .startsWith("id: 17-0", "event: open")
                .contains("event: utterance.started", "event: utterance.ended", "event: state")
                .filteredOn(line -> line.startsWith("id: "))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(5);
        HttpResponse<String> wrong = TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http(LOBBY + "/events"))
                        .header("Last-Event-ID", "latest")
                        .build(),
                BodyHandlers.ofString());
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(wrong.body()).path("field").asString()).isEqualTo("Last-Event-ID");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http(path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
